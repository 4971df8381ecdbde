import { describe, expect, it } from 'vitest';
import { replacementBlockers } from '../../../electron/recovery/replacement-guards.ts';
import type { ReplacementFacts } from '../../../electron/recovery/replacement-guards.ts';
import { ZERO_ADDRESS, toAddress } from '../../../shared/address.ts';
import type { Participant } from '../../../shared/participant.ts';
import { address } from '../store/records.ts';

const lostWallet = toAddress(`0x1234${'ab'.repeat(16)}5678`);
const replacement = toAddress(`0x9999${'cd'.repeat(16)}8888`);
const operator = address(0x0b);

function person(id: string, name: string | null = null): Participant {
  return { id, name, source: 'directory', wallets: [] };
}

const record: ReplacementFacts['record'] = {
  wallet: replacement,
  registered: false,
  identity: null,
  country: null,
  markedLost: false,
  linkedTo: null,
  factoryIdentity: null,
};
const holding = { token: address(0x70), readable: true, balance: 0n, frozen: 0n, addressFrozen: false };

const facts: ReplacementFacts = {
  replacement,
  lostWallet,
  operator,
  participant: person('p-1'),
  owner: null,
  record,
  prediction: { address: address(0x2d), exists: false, soleManager: true },
  identityManager: false,
  holdings: [holding],
  contracts: [address(5), address(0x70)],
  reserved: [address(0xee)],
  operators: [address(0xaa)],
  ofPerson: [],
  account: false,
  adopts: false,
};

function whys(over: Partial<ReplacementFacts>): readonly string[] {
  return replacementBlockers({ ...facts, ...over }).map((blocker) => blocker.message);
}

describe('the replacement wallet', () => {
  it('may be a fresh address', () => {
    expect(whys({})).toEqual([]);
  });

  it.each<readonly [string, Partial<ReplacementFacts>, string]>([
    ['the zero address', { replacement: ZERO_ADDRESS }, 'zero address'],
    ['the lost wallet', { replacement: lostWallet }, 'the lost wallet itself'],
    [
      'an address with the first and last characters of the lost wallet',
      { replacement: toAddress(`0x1234${'00'.repeat(16)}5678`) },
      'looks like the lost wallet',
    ],
    ['the operator’s wallet', { replacement: operator }, "operator's wallet"],
    ['the wallet of an earlier operator', { replacement: address(0xaa) }, "operator's wallet"],
    ['an identity manager’s', { identityManager: true }, 'identity manager role'],
    ['one that policy reserves', { replacement: address(0xee) }, 'policy reserves'],
    ['another participant’s', { owner: person('p-2', 'Ann') }, 'another participant, Ann'],
    ['another participant’s without a name', { owner: person('p-2') }, 'another participant, p-2'],
    ['a contract of the system', { replacement: address(5) }, 'a contract of the identity system or a token'],
    ['a token', { replacement: address(0x70) }, 'a contract of the identity system or a token'],
    ['one marked as lost', { record: { ...record, markedLost: true } }, 'marked as lost'],
    ['one registered elsewhere', { record: { ...record, registered: true } }, 'registered already'],
    [
      'one whose identity others manage too',
      { prediction: { address: address(0x2d), exists: true, soleManager: false } },
      'other management keys',
    ],
    ['one that is frozen', { holdings: [{ ...holding, addressFrozen: true }] }, 'lift that freeze'],
    ['one with frozen tokens', { holdings: [holding, { ...holding, frozen: 1n }] }, 'overwrite their amount'],
  ])('is never %s', (_what, over, why) => {
    expect(whys(over).join()).toContain(why);
  });

  it('may look like the lost wallet at one end', () => {
    expect(whys({ replacement: toAddress(`0x1234${'00'.repeat(18)}`) })).toEqual([]);
    expect(whys({ replacement: toAddress(`0x${'00'.repeat(18)}5678`) })).toEqual([]);
  });

  it('may be another address that is on record for the same person', () => {
    expect(whys({ owner: person('p-1') })).toEqual([]);
  });

  it('may be registered when the plan goes on with the recovery that registered it', () => {
    const linked = { record: { ...record, registered: true }, adopts: true };

    expect(whys(linked)).toEqual([]);
    expect(whys({ ...linked, identityManager: true })).toHaveLength(1);
  });

  it('gets every reason that speaks against it, each with a remedy that asks for another address', () => {
    const blockers = replacementBlockers({ ...facts, identityManager: true, owner: person('p-2') });

    expect(blockers.map((blocker) => blocker.code)).toEqual(['REPLACEMENT_UNUSABLE', 'REPLACEMENT_UNUSABLE']);
    expect(blockers[0]?.remedy).toContain('fresh address');
  });
});
