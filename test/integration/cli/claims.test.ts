import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Contract, Wallet } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueClaims, topicId } from '../../../electron/practice/claims.ts';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../../electron/practice/practice-keys.ts';
import { claimRequestSchema, claimsRecheckSchema, claimsReportSchema } from '../../../shared/claims.ts';
import type { ClaimIssue, ClaimsRecheck, ClaimsReport } from '../../../shared/claims.ts';
import { claims, issueAs, keyOfRole, recovered } from '../../support/claims-desk.ts';
import type { Recovered } from '../../support/claims-desk.ts';
import { layPolicy } from '../../support/desk-policy.ts';
import { readAuditFile, readJournalFile } from '../../support/journal-file.ts';
import { practiceActs, sentBy } from '../../support/practice-acts.ts';
import type { PracticeActs } from '../../support/practice-acts.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';

const KYC = 'knowYourCustomer';
const AML = 'antiMoneyLaundering';
const TOKEN = ['function transfer(address to, uint256 amount) returns (bool)'];
const HOLDER = ['function getClaimIdsByTopic(uint256 topic) view returns (bytes32[])'];

describe('claims after a recovery', () => {
  let desk: PracticeDesk;
  let acts: PracticeActs;
  let person: Recovered;

  beforeAll(async () => {
    desk = await openPracticeDesk();
    acts = practiceActs(desk);
  });
  beforeEach(async () => {
    await desk.reset();
    person = await recovered(desk);
  });
  afterAll(() => desk.close());

  /** A plain transfer by the replacement wallet. @returns the status of its receipt. */
  async function transferred(symbol: string): Promise<unknown> {
    const holder = new Wallet(practiceKey('replacement'), desk.provider);
    const token = new Contract(acts.token(symbol).address, TOKEN, holder);
    const sent = await token.getFunction('transfer')(practiceAddress(PRACTICE_ROLES.accomplice), 1n);
    return (await sent.wait()).status;
  }

  /** The token is given to the replacement wallet, as its compliance allows. */
  async function receive(symbol: string): Promise<void> {
    const token = acts.token(symbol).address;
    await acts.act(PRACTICE_ROLES.platformAdmin, 'SecurityToken', token, 'mint', [person.replacement, 1n]);
  }

  async function standing(topic: string): Promise<number> {
    const identity = new Contract(person.identity, HOLDER, desk.provider);
    const ids: readonly string[] = await identity.getFunction('getClaimIdsByTopic')(topicId(topic));
    return ids.length;
  }

  it('are missing, are issued by a claim issuer, and then the person holds and transfers again', async () => {
    await desk.provider.send('anvil_setBalance', [person.replacement, '0xde0b6b3a7640000']);
    const before = await claims<ClaimsReport>(person, 'list');
    const report = claimsReportSchema.parse(before.document);
    expect(report.missing).toEqual([
      expect.objectContaining({ topicName: KYC, tokens: ['ALDE'], certain: true, stoodBefore: true }),
      expect.objectContaining({ topicName: AML, tokens: [], certain: true, stoodBefore: true }),
    ]);
    expect(report.before?.map(({ topicName, trusted, valid }) => [topicName, trusted, valid])).toEqual([
      [KYC, true, true],
      [AML, true, true],
    ]);
    expect(report).toMatchObject({
      now: [],
      linked: true,
      abandonedIdentity: person.oldIdentity,
      unknown: [],
    });
    const refused = await claims<ClaimsRecheck>(person, 'recheck');
    expect(refused.code).toBe(5);
    expect(claimsRecheckSchema.parse(refused.document).tokens).toEqual([
      expect.objectContaining({
        symbol: 'ALDE',
        hold: 'no',
        transfer: 'unknown',
        reasons: [`The claim ${KYC} is missing.`],
      }),
      expect.objectContaining({ symbol: 'EURQ', hold: 'yes', transfer: 'yes', reasons: [] }),
    ]);
    await expect(receive('ALDE')).rejects.toThrow(/revert/);

    const issued = await claims<ClaimIssue>(person, 'issue', issueAs(desk.network.files.issuer, person));

    expect(issued.code, issued.stderr).toBe(0);
    expect(issued.document.claims.map(({ topicName, state }) => [topicName, state])).toEqual([
      [KYC, 'issued'],
      [AML, 'issued'],
    ]);
    const recheck = await claims<ClaimsRecheck>(person, 'recheck');
    expect(recheck.code).toBe(0);
    expect(recheck.document.green).toBe(true);
    await receive('ALDE');
    expect(await transferred('ALDE')).toBe(1);
    const after = await claims<ClaimsReport>(person, 'list');
    expect(after.document.missing).toEqual([]);
    expect(after.document.issues).toMatchObject([{ status: 'completed', recoveryId: person.id }]);
    const audited = readAuditFile(person.data).map(({ kind }) => kind);
    expect(audited).toContain('claims_issue_begun');
    expect(audited.filter((kind) => kind === 'recovery_begun')).toHaveLength(1);
  });

  it('are not issued by the key of an issuer who is not trusted: nothing is signed', async () => {
    const former = practiceAddress(PRACTICE_ROLES.formerIssuer);
    const before = await sentBy(desk.provider, former);

    const run = await claims(person, 'issue', issueAs(desk.network.files.formerIssuer, person));

    expect(run.code).toBe(4);
    expect(run.document.error?.code).toBe('CLAIM_ISSUER_UNTRUSTED');
    expect(await sentBy(desk.provider, former)).toBe(before);
    expect(readJournalFile(person.data).recovery.id).toBe(person.id);
  });

  describe('by whoever executed the recovery', () => {
    beforeEach(async () => {
      const { issuer } = desk.network.seed;
      await acts.act(PRACTICE_ROLES.issuer, 'Identity', issuer, 'addKey', [
        keyOfRole(PRACTICE_ROLES.operator),
        1n,
        1n,
      ]);
    });

    it('are not issued: nothing is signed', async () => {
      const before = await sentBy(desk.provider, practiceAddress(PRACTICE_ROLES.operator));

      const run = await claims(person, 'issue', issueAs(desk.network.files.operator, person));

      expect(run.code).toBe(4);
      expect(run.document.error?.code).toBe('CLAIMS_BY_EXECUTOR');
      expect(await sentBy(desk.provider, practiceAddress(PRACTICE_ROLES.operator))).toBe(before);
      expect(await standing(KYC)).toBe(0);
    });

    it('are issued where policy lets them', async () => {
      layPolicy(person.data, { claimsByExecutor: true });

      const run = await claims(person, 'issue', issueAs(desk.network.files.operator, person));

      expect(run.code, run.stderr).toBe(0);
      expect(await standing(KYC)).toBe(1);
    });
  });

  it('that stand already are not issued again: nothing is sent', async () => {
    const issuer = practiceAddress(PRACTICE_ROLES.issuer);
    await issueElsewhere(KYC);
    const before = await sentBy(desk.provider, issuer);

    const run = await claims<{ issue: null; standing: readonly string[] }>(person, 'issue', [
      '--topic',
      KYC,
      ...issueAs(desk.network.files.issuer, person),
    ]);

    expect(run.code).toBe(0);
    expect(run.document).toMatchObject({ issue: null, standing: [KYC] });
    expect(await sentBy(desk.provider, issuer)).toBe(before);
  });

  async function issueElsewhere(topic: string): Promise<void> {
    const setup = await acts.setupOf(PRACTICE_ROLES.issuer);
    const subject = person.identity;
    await issueClaims(setup, [
      { issuer: desk.network.seed.issuer, subject, topic: topicId(topic), data: '0x01' },
    ]);
  }

  it('are refused with another text than the one shown', async () => {
    const wrong = [...issueAs(desk.network.files.issuer, person).slice(0, -1), 'RECOVER 000000'];

    const run = await claims(person, 'issue', wrong);

    expect(run.code).toBe(2);
    expect(run.document.error?.code).toBe('CONFIRMATION_WRONG');
    expect(await standing(KYC)).toBe(0);
  });

  it('are asked of each issuer by a document and a page', async () => {
    const out = path.join(mkdtempSync(path.join(desk.folder, 'requests-')), 'out');

    const run = await claims(person, 'request', ['--out', out]);

    expect(run.code, run.stderr).toBe(0);
    const names = readdirSync(out).toSorted();
    expect(names).toHaveLength(2);
    const [page = '', document = ''] = names.map((name) => readFileSync(path.join(out, name), 'utf8'));
    const request = claimRequestSchema.parse(JSON.parse(document));
    expect(request).toMatchObject({
      issuer: desk.network.seed.issuer,
      abandonedIdentity: person.oldIdentity,
      replacementIdentity: person.identity,
      issue: [
        { topicName: KYC, formerData: '0x01', certain: true },
        { topicName: AML, formerData: '0x01', certain: true },
      ],
      revoke: [{ topicName: KYC }, { topicName: AML }],
    });
    expect(page).toContain(person.oldIdentity);
    const [kept = '', first = ''] = names;
    rmSync(path.join(out, first));
    const again = await claims(person, 'request', ['--out', out]);
    expect(again.document.error?.code).toBe('FILE_UNWRITABLE');
    // All or none: the document would have been the first.
    expect(readdirSync(out)).toEqual([kept]);
    expect(readFileSync(path.join(out, kept), 'utf8')).toBe(page);
  });

  it('are not issued on an identity that is not registered as the person’s any more', async () => {
    const { identityRegistry } = desk.network.seed.contracts;
    await acts.act(PRACTICE_ROLES.platformAdmin, 'IdentityRegistry', identityRegistry, 'deleteIdentity', [
      person.replacement,
    ]);

    const run = await claims(person, 'issue', issueAs(desk.network.files.issuer, person));

    expect(run.code).toBe(4);
    expect(run.document.error?.code).toBe('CLAIM_NOT_ISSUABLE');
    const recheck = await claims<ClaimsRecheck>(person, 'recheck');
    expect(recheck.document.tokens.map(({ hold, reasons }) => [hold, reasons[0]])).toEqual([
      ['no', 'The replacement wallet is not registered.'],
      ['no', 'The replacement wallet is not registered.'],
    ]);
  });

  it('of an identity that does not answer are said to be unknown, and none is asked to be revoked', async () => {
    await desk.reset();
    const nils = await recovered(desk, 'nils-brandt');

    const { document } = await claims<ClaimsReport>(nils, 'list');

    expect(document.before).toBeNull();
    expect(document.unknown).toEqual([
      expect.stringContaining('The abandoned identity does not tell its claims'),
    ]);
    expect(document.requests).toEqual([]);
  });
});
