/** Sample records with only what a test wants different. */
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { RecoveryCase } from '../../../shared/case.ts';
import type { NewRecovery, NewTransaction } from '../../../shared/journal.ts';
import { planSchema } from '../../../shared/plan.ts';
import type { Plan, PlanStep } from '../../../shared/plan.ts';
import { previewSchema } from '../../../shared/preview.ts';
import type { Preview } from '../../../shared/preview.ts';
import type { Hex } from '../../../shared/values.ts';

export const CHAIN = 31337;
export const TIME = '2026-01-02T03:04:05.000Z';

export function address(number: number): Address {
  return toAddress(`0x${number.toString(16).padStart(40, '0')}`);
}

export function hash(number: number): Hex {
  return `0x${number.toString(16).padStart(64, '0')}`;
}

export const OPERATOR = address(0x0b);
export const TOKEN_STEP = `recover_token:${address(1)}:${address(0x70)}`;
export const LINK_STEP = `recover_identity:${address(1)}`;

export const sampleCase: RecoveryCase = {
  reason: 'lost',
  ticket: 'T-1',
  identifiedHow: 'passport',
  identifiedBy: 'A. Clerk',
  evidence: [],
};

export interface Who {
  readonly participantId?: string;
  readonly lostWallet?: Address;
  readonly chainId?: number;
  readonly planNonce?: number;
}

export function samplePlan({
  participantId = 'p-1',
  lostWallet = address(1),
  chainId = CHAIN,
  planNonce = 1,
}: Who = {}): Plan {
  return planSchema.parse({
    format: 'recovery-desk/plan',
    version: 1,
    flowVersion: 1,
    createdAt: TIME,
    nonce: hash(planNonce),
    network: { chainId, protocol: 'smart', system: address(0x5) },
    caseId: 'case-1',
    participantId,
    reason: 'lost',
    ticket: 'T-1',
    evidence: [],
    holdReference: null,
    lostWallet,
    country: 276,
    oldIdentity: address(0x1d),
    replacement: { address: address(2), kind: 'given', control: 'proof', identity: address(0x2d) },
    adopts: false,
    tokens: [{ address: address(0x70), symbol: 'BND', amount: 'whole balance' }],
    steps: [],
    highestCost: '1000000000000000000',
  });
}

/** The step of a plan that recovers its token. */
export function sampleStep(over: Partial<PlanStep> = {}): PlanStep {
  return {
    name: TOKEN_STEP,
    phase: 'recover_tokens',
    role: 'token',
    token: address(0x70),
    wallet: address(1),
    right: 'custodian',
    signer: OPERATOR,
    call: { to: address(0x70), data: '0x62b9333e' },
    ...over,
  };
}

export function samplePreview(): Preview {
  const standing = {
    registered: true,
    identity: address(0x1d),
    country: 276,
    markedLost: false,
    linkedTo: null,
  };
  return previewSchema.parse({
    format: 'recovery-desk/preview',
    version: 1,
    createdAt: TIME,
    network: { name: 'Test', chainId: CHAIN, protocol: 'smart', system: address(5), practice: true },
    block: { number: 10, hash: hash(10), time: TIME },
    case: sampleCase,
    operator: { address: OPERATOR, identityManager: true, balance: '1', foreignPending: 0 },
    participant: { id: 'p-1', name: null, source: 'chain', wallets: [] },
    lostWallet: address(1),
    lost: standing,
    oldIdentity: address(0x1d),
    replacement: null,
    adopts: false,
    tokens: [],
    claims: [],
    requiredTopics: [],
    notRecoverable: { nativeBalance: '0', tokens: [] },
    cost: { transactions: 1, gas: '1', gasPrice: '1', estimate: '1', by: 'typical' },
    blockers: [],
    warnings: [],
  });
}

export function sampleRecovery(id: string, who: Who = {}): NewRecovery {
  return {
    id,
    caseId: 'case-1',
    plan: samplePlan(who),
    preview: samplePreview(),
    operator: OPERATOR,
    profile: { name: 'Test', chainId: who.chainId ?? CHAIN },
    steps: [
      { name: LINK_STEP, phase: 'recover_identity' },
      { name: TOKEN_STEP, phase: 'recover_tokens' },
      { name: 'verify', phase: 'verify' },
    ],
  };
}

export function sampleTransaction(recoveryId: string, over: Partial<NewTransaction> = {}): NewTransaction {
  return {
    recoveryId,
    step: LINK_STEP,
    attempt: 1,
    bump: 0,
    purpose: 'call',
    signer: OPERATOR,
    chainId: CHAIN,
    nonce: 7,
    unsigned: '0x02c0',
    costCap: '100',
    ...over,
  };
}
