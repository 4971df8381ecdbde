/** Previews and plans to test the words with. */
import { toAddress } from '../../../../shared/address.ts';
import type { Address } from '../../../../shared/address.ts';
import type { Plan } from '../../../../shared/plan.ts';
import type { Preview, TokenPreview } from '../../../../shared/preview.ts';
import type { Hex } from '../../../../shared/values.ts';

export const addressOf = (digit: string): Address => toAddress(`0x${digit.repeat(40)}`);
export const LOST = addressOf('1');
export const REPLACEMENT = addressOf('2');
export const OLD = addressOf('3');
export const NEW = addressOf('4');
const OPERATOR = addressOf('5');
const SYSTEM = addressOf('6');
const HASH: Hex = `0x${'ab'.repeat(32)}`;
const TIME = '2026-11-23T10:00:00Z';

export function token(symbol: string, digit: string, changes: Partial<TokenPreview> = {}): TokenPreview {
  return {
    address: addressOf(digit),
    name: `Token ${symbol}`,
    symbol,
    decimals: 18,
    balance: '1000',
    frozen: '0',
    addressFrozen: false,
    paused: false,
    custodianRight: true,
    predicted: { outcome: 'recovers', by: 'simulation' },
    ...changes,
  };
}

export const FAILS: TokenPreview['predicted'] = {
  outcome: 'fails',
  by: 'flags',
  reason: 'TOKEN_PAUSED',
  message: 'paused',
  remedy: 'wait',
};

const standing = { registered: true, identity: OLD, country: 756, markedLost: false, linkedTo: null };

export function preview(changes: Partial<Preview> = {}): Preview {
  return {
    format: 'recovery-desk/preview',
    version: 1,
    createdAt: TIME,
    network: { name: 'Net', chainId: 1, protocol: 'smart', system: SYSTEM, practice: false },
    block: { number: 1, hash: HASH, time: TIME },
    case: { reason: 'lost', ticket: 'T', identifiedHow: null, identifiedBy: null, evidence: [] },
    operator: { address: OPERATOR, identityManager: true, balance: '1', foreignPending: 0 },
    participant: { id: 'P-1', name: 'Amara', source: 'directory', wallets: [] },
    lostWallet: LOST,
    lost: standing,
    oldIdentity: OLD,
    replacement: null,
    adopts: false,
    tokens: [token('AAA', 'a'), token('BBB', 'b', { predicted: FAILS })],
    claims: [{ topic: '1', topicName: 'Know your customer', issuer: addressOf('7'), trusted: true }],
    requiredTopics: [],
    notRecoverable: { nativeBalance: '0', tokens: [] },
    cost: { transactions: 3, gas: '1', gasPrice: '1', estimate: '1', by: 'typical' },
    blockers: [],
    warnings: [],
    ...changes,
  };
}

export function plan(changes: Partial<Plan> = {}): Plan {
  const step = (
    name: string,
    changes: Pick<Plan['steps'][number], 'phase' | 'role' | 'token' | 'right'>,
  ) => ({
    name,
    wallet: LOST,
    signer: OPERATOR,
    call: { to: SYSTEM, data: '0x' as const },
    ...changes,
  });
  return {
    format: 'recovery-desk/plan',
    version: 1,
    flowVersion: 1,
    createdAt: TIME,
    nonce: HASH,
    network: { chainId: 1, protocol: 'smart', system: SYSTEM },
    caseId: 'C',
    participantId: 'P-1',
    reason: 'compromised',
    ticket: 'T',
    evidence: [],
    holdReference: null,
    lostWallet: LOST,
    country: 756,
    oldIdentity: OLD,
    replacement: { address: REPLACEMENT, kind: 'generated', control: 'generated', identity: NEW },
    adopts: false,
    tokens: [{ address: addressOf('a'), symbol: 'AAA', amount: 'whole balance' }],
    steps: [
      step('freeze', { phase: 'contain', role: 'contain', token: addressOf('a'), right: 'custodian' }),
      step('create', { phase: 'create_identity', role: 'prepare', token: null, right: 'none' }),
      step('relink', { phase: 'recover_identity', role: 'relink', token: null, right: 'identityManager' }),
      step('token a', { phase: 'recover_tokens', role: 'token', token: addressOf('a'), right: 'custodian' }),
      step('token b', { phase: 'recover_tokens', role: 'token', token: addressOf('b'), right: 'custodian' }),
    ],
    highestCost: '10',
    ...changes,
  };
}
