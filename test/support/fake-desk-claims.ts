/** What the double of the desk answers about claims: made up, the same in every run. */
import type { ClaimsIssued, ClaimsRecheck, ClaimsReport } from '../../shared/claims.ts';
import { minutesAgo, sampleAddress, sampleHash } from './fake-desk-data.ts';

const RECOVERY = 'R-0123456789';
const ISSUER = sampleAddress('issuer');
const KYC = '1';

const OF_PERSON = {
  recoveryId: RECOVERY,
  chainId: 7_341_925,
  practice: false,
  block: { number: 18_204_377, hash: sampleHash('block'), time: minutesAgo(0) },
  replacementWallet: sampleAddress('replacement'),
  replacementIdentity: sampleAddress('new identity'),
};

export function sampleClaimsReport(): ClaimsReport {
  const claim = { topic: KYC, topicName: 'knowYourCustomer', issuer: ISSUER, trusted: true, valid: true };
  return {
    ...OF_PERSON,
    linked: true,
    abandonedIdentity: sampleAddress('old identity'),
    tokens: [
      { token: sampleAddress('HBR'), symbol: 'HBR', topics: ['knowYourCustomer'], satisfied: false },
      { token: sampleAddress('NVA'), symbol: 'NVA', topics: null, satisfied: null },
    ],
    before: [claim],
    now: [],
    missing: [
      {
        topic: KYC,
        topicName: 'knowYourCustomer',
        tokens: ['HBR'],
        certain: true,
        stoodBefore: true,
        issuers: [ISSUER],
      },
      {
        topic: '2',
        topicName: 'accreditedInvestor',
        tokens: ['NVA'],
        certain: false,
        stoodBefore: false,
        issuers: null,
      },
    ],
    requests: [{ issuer: ISSUER, issue: 1, revoke: 1 }],
    unknown: ['What these tokens ask for could not be read, so every topic of the system is listed: NVA.'],
    issues: [],
  };
}

export function sampleRecheck(): ClaimsRecheck {
  const token = { decimals: 2, balance: '4200000' };
  return {
    ...OF_PERSON,
    tokens: [
      {
        ...token,
        token: sampleAddress('HBR'),
        symbol: 'HBR',
        hold: 'no',
        transfer: 'unknown',
        reasons: ['The claim knowYourCustomer is missing.'],
      },
      {
        ...token,
        token: sampleAddress('NVA'),
        symbol: 'NVA',
        hold: 'unknown',
        transfer: 'not_tried',
        reasons: ['What the token asks of claims could not be read.'],
      },
      {
        ...token,
        token: sampleAddress('GRD'),
        symbol: 'GRD',
        hold: 'yes',
        transfer: 'yes',
        reasons: [],
      },
    ],
    green: false,
  };
}

export function sampleIssued(): ClaimsIssued {
  return {
    issue: {
      id: 'C-0123456789',
      recoveryId: RECOVERY,
      status: 'completed',
      operator: sampleAddress('issuer operator'),
      chainId: OF_PERSON.chainId,
      identity: OF_PERSON.replacementIdentity,
      createdAt: minutesAgo(1),
      claims: [{ topic: KYC, topicName: 'knowYourCustomer', issuer: ISSUER, state: 'issued' }],
      transactions: [],
      planDigest: sampleHash('claims plan'),
    },
    standing: [],
    left: ['accreditedInvestor'],
  };
}
