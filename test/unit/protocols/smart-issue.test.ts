import { describe, expect, it } from 'vitest';
import type { CallResult, ChainCall } from '../../../electron/chain/types.ts';
import type { ChainView } from '../../../electron/protocols/recovery-protocol.ts';
import { smartAbi } from '../../../electron/protocols/smart/abi.ts';
import { claimOrder } from '../../../electron/protocols/smart/claim-order.ts';
import { smartPostconditions } from '../../../electron/protocols/smart/postconditions.ts';
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';
import { address } from '../store/records.ts';

const [LOST, REPLACEMENT, OTHER] = [address(1), address(2), address(3)];
const [IDENTITY, OTHER_IDENTITY] = [address(0x2d), address(0x3d)];
const NONE = address(0);
const PARTS = {
  identityRegistry: address(0x51),
  identityFactory: address(0x52),
  tokenFactoryRegistry: address(0x53),
  accessManager: address(0x54),
  trustedIssuersRegistry: address(0x55),
};

const { step } = claimOrder({
  identity: IDENTITY,
  issuer: address(7),
  topic: '7',
  topicName: null,
  data: '0x01',
  wallet: REPLACEMENT,
  signer: address(0x0b),
});

/** A chain whose issuer is trusted and lets the signer act, with the registry as given and no claim yet. */
function viewOf(registry: { readonly linkedTo: Address; readonly identity: Address | null }): ChainView {
  const answers: Readonly<Record<string, (wallet: unknown) => readonly unknown[]>> = {
    contains: (wallet) => [wallet === REPLACEMENT && registry.identity !== null],
    identity: () => [registry.identity],
    investorCountry: () => [276],
    isWalletLost: (wallet) => [wallet === LOST],
    getRecoveredWallet: (wallet) => [wallet === LOST ? registry.linkedTo : NONE],
    getIdentity: (wallet) => [wallet === REPLACEMENT ? IDENTITY : NONE],
    getClaim: () => [0n, 0n, NONE, '0x', '0x', ''],
    hasClaimTopic: () => [true],
    keyHasPurpose: () => [true],
  };
  const answer = ({ data }: ChainCall): CallResult => {
    const called = smartAbi.parseTransaction({ data });
    const values = called === null ? undefined : answers[called.name]?.(called.args[0]);
    if (called === null || values === undefined || values[0] === null)
      return { ok: false, revert: '0x', message: 'reverted' };
    return { ok: true, data: smartAbi.encodeFunctionResult(called.name, values) as Hex };
  };
  const calls = async (list: readonly ChainCall[]) => list.map(answer);
  return { reader: { calls }, scan: async () => [] } as unknown as ChainView;
}

async function judged(registry: Parameters<typeof viewOf>[0]) {
  const link = { lost: LOST, replacement: REPLACEMENT, identity: IDENTITY, since: 1, ours: new Set<Hex>() };
  const [verdict] = await smartPostconditions(viewOf(registry), PARTS, [step], link);
  return verdict;
}

describe('a claim that is still to be issued', () => {
  it('is issued while the person has the replacement and its identity', async () => {
    expect(await judged({ linkedTo: REPLACEMENT, identity: IDENTITY })).toEqual({ kind: 'open' });
  });

  it.each([
    ['the lost wallet is linked to another', { linkedTo: OTHER, identity: IDENTITY }],
    ['the replacement has another identity', { linkedTo: REPLACEMENT, identity: OTHER_IDENTITY }],
    ['the replacement is registered no more', { linkedTo: REPLACEMENT, identity: null }],
  ])('is not issued once %s', async (_name, registry) => {
    expect(await judged(registry)).toMatchObject({ kind: 'impossible', reason: 'STATE_CONFLICT' });
  });
});
