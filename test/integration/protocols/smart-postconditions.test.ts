import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scanLogs } from '../../../electron/chain/log-scan.ts';
import type { Chain } from '../../../electron/chain/types.ts';
import { createIdentities } from '../../../electron/practice/deploy.ts';
import { otherWalletRole, practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type {
  Postcondition,
  RecoverySystem,
  TokenFacts,
} from '../../../electron/protocols/recovery-protocol.ts';
import { addressTopic } from '../../../electron/protocols/smart/abi.ts';
import { smartProtocol } from '../../../electron/protocols/smart/smart-protocol.ts';
import type { Address } from '../../../shared/address.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import type { Hex } from '../../../shared/values.ts';
import { openTestChain } from '../../support/open-test-chain.ts';
import { practiceActs } from '../../support/practice-acts.ts';
import type { PracticeActs } from '../../support/practice-acts.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';

const replacement = practiceAddress('replacement');
const elsewhere = practiceAddress('second-replacement');

describe('a SMART step, judged from the chain', () => {
  let desk: PracticeDesk;
  let acts: PracticeActs;
  let chain: Chain;
  let system: RecoverySystem;
  let lost: Address;
  let identity: Address;

  beforeAll(async () => {
    desk = await openPracticeDesk();
    acts = practiceActs(desk);
    chain = await openTestChain([desk.network.node.url], { profile: { finality: 'instant' } });
    system = await smartProtocol.openSystem(await chain.pin(), desk.network.profile);
    lost = desk.person('jonas-weir').lostWallet ?? replacement;
    identity = (await system.predictIdentity(await chain.pin(), replacement)).address;
  });
  beforeEach(() => desk.reset());
  afterAll(async () => {
    await chain.close();
    await desk.close();
  });

  function token(symbol: string): TokenFacts {
    const { address, name, decimals } = acts.token(symbol);
    const signer = practiceAddress('operator');
    const right = { custodians: [signer], signer, custodianRight: true };
    const flags = { readable: true, addressFrozen: false, paused: false, ...right };
    return { address, name, symbol, decimals, balance: 1n, frozen: 0n, ...flags };
  }

  function stepsOf(symbol: string): readonly PlanStep[] {
    return system.steps({
      lostWallet: lost,
      replacement,
      identity,
      ownIdentity: true,
      accountOwner: null,
      moves: [],
      operator: practiceAddress('operator'),
      tokens: [token(symbol)],
      contained: [token(symbol).address],
      byReplacement: [],
      linked: false,
    });
  }

  /**
   * The verdict on the one step of a role, for a recovery that began at the block `since` and sent those transactions.
   */
  async function judge(
    role: PlanStep['role'],
    symbol = 'ALDE',
    since = 0,
    ours: readonly Hex[] = [],
  ): Promise<Postcondition> {
    const reader = await chain.pin();
    const steps = stepsOf(symbol).filter((step) => step.role === role);
    const memory = { load: () => null, save: () => undefined };
    const scan: Parameters<RecoverySystem['postconditions']>[0]['scan'] = (name, filter) =>
      scanLogs({
        chain,
        memory,
        key: name,
        filter,
        fromBlock: 0,
        toBlock: reader.block.number,
        onProgress: () => undefined,
      });
    const [verdict] = await system.postconditions({ reader, scan }, steps, {
      lost,
      replacement,
      identity,
      since,
      ours: new Set(ours),
    });
    if (verdict === undefined) throw new Error('no verdict');
    return verdict;
  }

  const createIdentity = (wallet: Address): Promise<void> =>
    acts.act('accomplice', 'IdentityFactory', desk.network.seed.contracts.identityFactory, 'createIdentity', [
      wallet,
      [],
    ]);

  async function relink(to: Address): Promise<void> {
    const { contracts } = desk.network.seed;
    const [made] =
      to === replacement
        ? [identity]
        : await createIdentities(await acts.setupOf('platform-admin'), { ...contracts, tokenFactories: {} }, [
            to,
          ]);
    await acts.act('platform-admin', 'IdentityRegistry', contracts.identityRegistry, 'recoverIdentity', [
      lost,
      to,
      made,
    ]);
  }

  const onToken = (
    symbol: string,
    role: string,
    method: string,
    ...args: readonly unknown[]
  ): Promise<void> => acts.act(role, 'SecurityToken', acts.token(symbol).address, method, args);

  it('is open before anything was done', async () => {
    for (const role of ['prepare', 'relink', 'token', 'contain'] as const)
      expect(await judge(role), role).toEqual({ kind: 'open' });
  });

  it('prepare is done once the identity stands, whoever made it', async () => {
    await createIdentity(replacement);

    expect(await judge('prepare')).toEqual({ kind: 'done', outcome: { identity } });
  });

  it('relink is done when the registry links lost to ours and knows ours by the planned identity', async () => {
    await relink(replacement);

    expect(await judge('relink')).toEqual({ kind: 'done', outcome: { linkedTo: replacement, identity } });
    expect(await judge('token')).toEqual({ kind: 'open' });
  });

  it('relink and token are impossible when the wallet is linked elsewhere', async () => {
    await relink(elsewhere);

    expect(await judge('relink')).toMatchObject({ kind: 'impossible', reason: 'RECOVERED_ELSEWHERE' });
    expect(await judge('token')).toMatchObject({ kind: 'impossible', reason: 'RECOVERED_ELSEWHERE' });
  });

  it('relink is a conflict when the mark stands without its link', async () => {
    const { identityRegistry } = desk.network.seed.contracts;
    await relink(elsewhere);
    const registry = (method: string, ...args: readonly unknown[]): Promise<void> =>
      acts.act('platform-admin', 'IdentityRegistry', identityRegistry, method, args);
    await registry('registerIdentity', lost, identity, 826);

    expect(await judge('relink')).toMatchObject({ kind: 'impossible', reason: 'STATE_CONFLICT' });
  });

  it('relink is done when somebody linked ours with another identity: tokens follow the link, verification tells', async () => {
    const { identityRegistry } = desk.network.seed.contracts;
    const other = desk.person('jonas-weir').oldIdentity;
    await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'recoverIdentity', [
      lost,
      replacement,
      other,
    ]);

    expect(await judge('relink')).toEqual({
      kind: 'done',
      outcome: { linkedTo: replacement, identity: other },
    });
  });

  it('token is done when our recovery emptied the wallet, with the amount and its transaction', async () => {
    await relink(replacement);
    await onToken('ALDE', 'custodian-admin', 'forcedRecoverTokens', lost, replacement);

    expect(await judge('token')).toMatchObject({
      kind: 'done',
      outcome: { amount: '10', transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
    });
  });

  it('token is not done by what happened before the recovery began', async () => {
    await relink(replacement);
    await onToken('ALDE', 'custodian-admin', 'forcedRecoverTokens', lost, replacement);
    const since = (await chain.head()).number + 1;

    expect(await judge('token', 'ALDE', since)).toMatchObject({
      kind: 'impossible',
      reason: 'NO_RECOVERABLE_TOKENS',
    });
  });

  it('token is moved, with its transaction, when the balance left by another way', async () => {
    const since = (await chain.head()).number;
    await onToken('ALDE', 'lost:jonas-weir', 'transfer', practiceAddress('accomplice'), 10n);

    const verdict = await judge('token', 'ALDE', since);

    expect(verdict).toMatchObject({ kind: 'impossible', reason: 'BALANCE_MOVED' });
    expect('message' in verdict && verdict.message).toContain(practiceAddress('accomplice'));
  });

  it('token is done when a custodian forced the balance to our replacement, with what arrived there last', async () => {
    await onToken('ALDE', 'lost:jonas-weir', 'transfer', practiceAddress('accomplice'), 3n);
    await onToken('ALDE', 'custodian-admin', 'forcedTransfer', lost, replacement, 2n);
    await onToken('ALDE', 'custodian-admin', 'forcedTransfer', lost, replacement, 5n);

    expect(await judge('token')).toMatchObject({ kind: 'done', outcome: { amount: '7' } });
  });

  it('token is moved when a thief took what a custodian left of it', async () => {
    await onToken('ALDE', 'custodian-admin', 'forcedTransfer', lost, replacement, 6n);
    await onToken('ALDE', 'lost:jonas-weir', 'transfer', practiceAddress('accomplice'), 4n);

    expect(await judge('token')).toMatchObject({ kind: 'impossible', reason: 'BALANCE_MOVED' });
  });

  it('token is moved when what was paid in after its recovery left by another way', async () => {
    await relink(replacement);
    await onToken('ALDE', 'custodian-admin', 'forcedRecoverTokens', lost, replacement);
    await onToken('ALDE', 'custodian-admin', 'forcedTransfer', replacement, lost, 3n);
    await onToken('ALDE', 'lost:jonas-weir', 'transfer', practiceAddress('accomplice'), 3n);

    expect(await judge('token')).toMatchObject({ kind: 'impossible', reason: 'BALANCE_MOVED' });
  });

  it('token has nothing to recover where the wallet never held any', async () => {
    expect(await judge('token', 'LUMC')).toMatchObject({
      kind: 'impossible',
      reason: 'NO_RECOVERABLE_TOKENS',
    });
  });

  it('token is impossible while recovery would lift a freeze of the replacement', async () => {
    await relink(replacement);
    await onToken('ALDE', 'custodian-admin', 'setAddressFrozen', replacement, true);
    expect(await judge('token')).toMatchObject({ kind: 'impossible', reason: 'UNKNOWN' });

    await onToken('ALDE', 'custodian-admin', 'setAddressFrozen', lost, true);
    expect(await judge('token')).toEqual({ kind: 'open' });
  });

  it('token is impossible while recovery would overwrite frozen tokens of the replacement', async () => {
    await relink(replacement);
    await onToken('EURQ', 'platform-admin', 'mint', replacement, 5n);
    await onToken('EURQ', 'custodian-admin', 'freezePartialTokens', replacement, 2n);

    expect(await judge('token', 'EURQ')).toMatchObject({ kind: 'impossible', reason: 'UNKNOWN' });
  });

  it('contain is done by a freeze of the lost wallet, release by none on the replacement', async () => {
    expect(await judge('release')).toMatchObject({ kind: 'done' });
    await onToken('ALDE', 'custodian-admin', 'setAddressFrozen', lost, true);

    expect(await judge('contain')).toEqual({ kind: 'done', outcome: { addressFrozen: true } });
  });

  /** Somebody sets or lifts a freeze of ALDE. @returns the hash: ours, where the test says so. */
  async function freeze(wallet: Address, on = true): Promise<Hex> {
    await onToken('ALDE', 'custodian-admin', 'setAddressFrozen', wallet, on);
    return lastTransaction();
  }

  async function recover(): Promise<Hex> {
    await onToken('ALDE', 'custodian-admin', 'forcedRecoverTokens', lost, replacement);
    return lastTransaction();
  }

  async function lastTransaction(): Promise<Hex> {
    const block = await desk.provider.getBlock('latest');
    return (block?.transactions[0] ?? '0x') as Hex;
  }

  const release = (...ours: readonly Hex[]): Promise<Postcondition> => judge('release', 'ALDE', 0, ours);

  it('release is open for a freeze of ours, whoever carried it on with the token', async () => {
    await relink(replacement);
    const ours = await freeze(lost);
    const recovery = await recover();

    expect(await release(ours, recovery)).toEqual({ kind: 'open' });
    expect(await release(ours)).toEqual({ kind: 'open' });
  });

  it('release leaves out a freeze that somebody else set on the lost wallet, before ours or after', async () => {
    await relink(replacement);
    const before = await freeze(lost);
    const after = await freeze(lost);
    const recovery = await recover();

    expect(await release(before, recovery)).toMatchObject({ kind: 'not_ours' });
    expect(await release(after, recovery)).toMatchObject({ kind: 'not_ours' });
    expect(await release(before, after, recovery)).toEqual({ kind: 'open' });
  });

  it('release leaves out a freeze that somebody else set in place of ours, which they had lifted', async () => {
    await relink(replacement);
    const ours = await freeze(lost);
    await freeze(lost, false);
    await freeze(lost);
    const recovery = await recover();

    expect(await release(ours, recovery)).toMatchObject({ kind: 'not_ours' });
  });

  it('release leaves out a freeze that somebody else set on the replacement, before its recovery or after', async () => {
    await relink(replacement);
    const ours = await freeze(lost);
    const theirs = await freeze(replacement);
    const recovery = await recover();
    expect(await release(ours, recovery)).toMatchObject({ kind: 'not_ours' });
    expect(await release(ours, theirs, recovery)).toEqual({ kind: 'open' });

    await freeze(replacement, false);
    await freeze(replacement);

    expect(await release(ours, theirs, recovery)).toMatchObject({ kind: 'not_ours' });
  });

  it('release is open for a freeze of ours that followed one of others, which they had lifted', async () => {
    await relink(replacement);
    await freeze(lost);
    await freeze(lost, false);
    const ours = await freeze(lost);
    const recovery = await recover();

    expect(await release(ours, recovery)).toEqual({ kind: 'open' });
  });

  it('release is impossible where no log shows who set the freeze', async () => {
    await relink(replacement);
    const ours = await freeze(lost);
    const recovery = await recover();
    const reader = await chain.pin();
    const steps = stepsOf('ALDE').filter((step) => step.role === 'release');
    const link = { lost, replacement, identity, since: 0, ours: new Set([ours, recovery]) };

    const verdicts = await system.postconditions({ reader, scan: async () => [] }, steps, link);

    expect(verdicts).toMatchObject([{ kind: 'impossible', reason: 'FREEZE_UNPROVEN' }]);
  });

  it('says base units of a recovery from its receipt alone, and nothing where it does not say', async () => {
    await relink(replacement);
    await onToken('ALDE', 'custodian-admin', 'forcedRecoverTokens', lost, replacement);
    const block = await desk.provider.getBlock('latest');
    const [receipt = null] = await chain.receipts([(block?.transactions[0] ?? '0x') as `0x${string}`]);
    const [step] = stepsOf('ALDE').filter(({ role }) => role === 'token');
    if (step === undefined || receipt === null) throw new Error('nothing to look at');

    expect(system.amountMoved(step, receipt.logs)).toBe(10n);
    expect(system.amountMoved(step, [])).toBeNull();
    const others = [{ ...step, token: acts.token('EURQ').address }, ...stepsOf('EURQ')];
    for (const other of others) expect(system.amountMoved(other, receipt.logs)).toBeNull();
    const swapped = receipt.logs.map((log) => ({
      ...log,
      topics: log.topics.map((topic, index) => (index === 3 ? addressTopic(elsewhere) : topic)),
    }));
    expect(system.amountMoved(step, swapped)).toBeNull();
    const garbled = receipt.logs.map((log) => ({ ...log, data: '0x01' as const }));
    expect(system.amountMoved(step, garbled)).toBeNull();
  });

  it('knows the block of a link by the registry alone, and none where no log says so', async () => {
    const reader = await chain.pin();
    const before = { reader, scan: async () => [] };
    expect(await system.linkedAt(before, lost, replacement)).toBeNull();
    await relink(replacement);
    const { number } = await chain.head();
    await createIdentity(elsewhere);
    const at = await chain.pin();
    const scan: Parameters<RecoverySystem['linkedAt']>[0]['scan'] = (_name, filter) =>
      chain.logs({ ...filter, fromBlock: 0, toBlock: at.block.number });

    expect(await system.linkedAt({ reader: at, scan }, lost, replacement)).toBe(number);
    expect(await system.linkedAt({ reader: at, scan }, lost, elsewhere)).toBeNull();
  });

  it('knows the half-recovered person’s link as it stands', async () => {
    const person = desk.person('henrik-solberg');
    const [record] = await system.wallets(await chain.pin(), [person.lostWallet ?? lost]);

    expect(record).toMatchObject({
      registered: false,
      markedLost: true,
      linkedTo: practiceAddress(otherWalletRole(person.id)),
      factoryIdentity: person.oldIdentity,
    });
  });
});
