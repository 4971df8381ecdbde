import { Contract, Wallet, id, toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { countEffects } from '../support/effects.ts';
import type { Effects } from '../support/effects.ts';
import { faultScene, together } from '../support/fault-scene.ts';
import { refusal } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const OPERATOR = practiceAddress(PRACTICE_ROLES.operator);
const FORCED_RECOVER = '0x62b9333e';

async function recoverWith(
  personId: string,
  moment: string,
  act: () => Promise<unknown>,
  ...more: readonly string[]
): Promise<RecoveryResult> {
  const { desk, stage, data } = scene;
  const args = desk.recoverArgs(desk.person(personId), data, '--network', stage.profile(), ...more);
  const run = await terminal(args, { checkpoint: stage.when(moment, act) });
  await stage.calm();
  return resultOf(run);
}

function effectsOf(personId: string): Promise<Effects> {
  const { desk, data, before } = scene;
  return countEffects(desk, desk.person(personId), replacementIn(data), before);
}

async function resumed(): Promise<RecoveryResult> {
  return resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));
}

function sentFor(token: string): readonly unknown[] {
  return readJournalFile(scene.data).transactions.filter(
    ({ step }) => step.startsWith('recover_token:') && step.endsWith(token),
  );
}

describe('a token that fails on its own', () => {
  it('is not sent, holds no other, and is the only one that resume takes up again', async () => {
    const { acts } = scene;
    const { address } = acts.token('ALDE');
    const set = (method: string) => acts.act('custodian-admin', 'SecurityToken', address, method, []);

    const result = await recoverWith('jonas-weir', 'final:create_identity', () => set('pause'));

    expect(result.status).toBe('completed_with_token_failures');
    expect(result.tokens).toMatchObject({
      total: 2,
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'TOKEN_PAUSED' }],
    });
    expect(sentFor(address)).toEqual([]);
    const sentBefore = readJournalFile(scene.data).transactions.length;
    await set('unpause');

    const again = await resumed();

    expect(again).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(readJournalFile(scene.data).transactions).toHaveLength(sentBefore + 1);
    const effects = await effectsOf('jonas-weir');
    expect(effects).toMatchObject({ identityRecovered: 1, failed: 0, repeatedCalls: 0 });
    expect(effects.tokens.filter(({ recovered }) => recovered === 1)).toHaveLength(2);
  });

  it('for a custodian right that was revoked after the preview costs nothing', async () => {
    const { acts } = scene;
    const { address, accessManager } = acts.token('EURQ');
    const custodian = (method: string) =>
      acts.act('custodian-admin', 'AccessManager', accessManager, method, [id('CUSTODIAN_ROLE'), OPERATOR]);

    const result = await recoverWith('jonas-weir', 'final:create_identity', () => custodian('revokeRole'));

    expect(result.tokens.failures).toMatchObject([
      { symbol: 'EURQ', reason: 'CUSTODIAN_PERMISSION_MISSING' },
    ]);
    expect(sentFor(address)).toEqual([]);
    await custodian('grantRole');
    expect(await resumed()).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });

  it('because the node breaks on it alone says so, and is recovered once the node is well', async () => {
    const { acts, stage } = scene;
    const { address } = acts.token('ALDE');
    const breakOn = async (): Promise<void> =>
      stage.answer(({ method, params }) => {
        const [call] = (params ?? []) as { to?: string; data?: string; input?: string }[];
        const asked = method === 'eth_call' || method === 'eth_estimateGas';
        const data = call?.data ?? call?.input ?? '';
        const broken =
          asked && call?.to?.toLowerCase() === address.toLowerCase() && data.startsWith(FORCED_RECOVER);
        return broken ? { error: { code: -32_603, message: 'internal error' } } : 'pass';
      });

    const result = await recoverWith('jonas-weir', 'final:create_identity', breakOn);

    expect(result.tokens).toMatchObject({
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'RPC_ERROR' }],
    });
    expect(sentFor(address)).toEqual([]);
    expect(await resumed()).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });
});

/** Moves tokens with the lost key; without an amount, all that are there. @returns the hash. */
async function steal(personId: string, symbol: string, amount?: bigint): Promise<string> {
  const { desk, acts } = scene;
  const thief = new Wallet(practiceKey(`lost:${personId}`), desk.provider);
  await desk.provider.send('anvil_setBalance', [thief.address, toQuantity(10n ** 18n)]);
  const token = new Contract(
    acts.token(symbol).address,
    [
      'function transfer(address,uint256) returns (bool)',
      'function balanceOf(address) view returns (uint256)',
    ],
    thief,
  );
  const loot: unknown = amount ?? (await token.getFunction('balanceOf')(thief.address));
  const sent = await token.getFunction('transfer')(practiceAddress('accomplice'), loot);
  await sent.wait();
  return String(sent.hash);
}

describe('a balance that a thief moved', () => {
  it.each(['begun', 'judged:recover_tokens'])(
    'after the preview (%s) is reported as moved, with its transaction, and the rest recovers',
    async (moment) => {
      let theft = '';

      const result = await recoverWith(
        'luca-ferri',
        moment,
        async () => {
          theft = await steal('luca-ferri', 'NGB28');
        },
        '--reason',
        'lost',
      );

      expect(result.tokens).toMatchObject({
        total: 4,
        recovered: 3,
        failures: [{ reason: 'BALANCE_MOVED' }],
      });
      expect(result.tokens.failures[0]?.message).toContain(theft);
      expect(result.status).toBe('completed_with_token_failures');
    },
  );

  it.each(['begun', 'judged:recover_tokens'])(
    'after it had been recovered and paid in once more (%s) is not taken for the earlier recovery',
    async (moment) => {
      const { acts, desk, data } = scene;
      const person = desk.person('jonas-weir');
      const given = async (): Promise<readonly string[]> => {
        const { replacement, proof } = await desk.proofBy('replacement', person, data);
        return ['--replacement', replacement, '--proof', proof];
      };
      expect(resultOf(await terminal(desk.recoverArgs(person, data, ...(await given())))).status).toBe(
        'completed',
      );
      const paid = [practiceAddress('replacement'), person.lostWallet, 4n];
      await acts.act('custodian-admin', 'SecurityToken', acts.token('ALDE').address, 'forcedTransfer', paid);
      let theft = '';

      const result = await recoverWith(
        'jonas-weir',
        moment,
        async () => {
          theft = await steal('jonas-weir', 'ALDE');
        },
        ...(await given()),
      );

      expect(result.status).toBe('completed_with_token_failures');
      expect(result.tokens).toMatchObject({
        total: 2,
        recovered: 1,
        failures: [{ symbol: 'ALDE', reason: 'BALANCE_MOVED' }],
      });
      expect(result.tokens.failures[0]?.message).toContain(theft);
      expect(result.followUps.map(({ code }) => code)).toContain('LOST_WALLET_ACTIVE');
    },
  );

  it('in the block of our recovery, paid in and taken after it, changes nothing of what we recovered', async () => {
    const { desk, acts } = scene;
    const { provider } = desk;
    const at = acts.token('ALDE').address;
    await provider.send('anvil_setBalance', [desk.person('jonas-weir').lostWallet, toQuantity(10n ** 18n)]);
    const takeAgain = async (): Promise<void> => {
      await payAgain();
      const thief = new Wallet(practiceKey('lost:jonas-weir'), provider);
      const take = new Contract(at, ['function transfer(address,uint256) returns (bool)'], thief);
      await take.getFunction('transfer')(practiceAddress('accomplice'), 4n, {
        gasLimit: 400_000n,
        maxPriorityFeePerGas: 0n,
      });
    };

    const result = await recoverInOneBlockWith(takeAgain);

    const moved = new Contract(at, ['function balanceOf(address) view returns (uint256)'], provider);
    expect(await moved.getFunction('balanceOf')(practiceAddress('accomplice'))).toBe(4n);
    expect(result.tokens).toMatchObject({ recovered: 2, failed: 0 });
  });
});

/** A custodian pays part of what was recovered into the lost wallet again, for less than our own transactions offer. */
async function payAgain(): Promise<void> {
  const { desk, acts, data } = scene;
  const custodian = new Wallet(practiceKey('custodian-admin'), desk.provider);
  const force = ['function forcedTransfer(address,address,uint256) returns (bool)'];
  const pay = new Contract(acts.token('ALDE').address, force, custodian).getFunction('forcedTransfer');
  const cheap = { gasLimit: 400_000n, maxPriorityFeePerGas: 1n };
  await pay(replacementIn(data), desk.person('jonas-weir').lostWallet, 4n, cheap);
}

/** Recovers while no block is made until others have sent, too: theirs come after ours, in the same block. */
async function recoverInOneBlockWith(others: () => Promise<void>): Promise<RecoveryResult> {
  const { desk, stage, data } = scene;
  const { provider } = desk;
  const hold = stage.when('signed:recover_tokens', () => provider.send('evm_setAutomine', [false]));
  const then = stage.when('sent:recover_tokens', async () => {
    await others();
    await provider.send('evm_mine', []);
    await provider.send('evm_setAutomine', [true]);
  });
  const person = desk.person('jonas-weir');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--replacement', replacement, '--proof', proof, '--network', stage.profile()];
  const run = await terminal(desk.recoverArgs(person, data, ...given), { checkpoint: together(hold, then) });
  await stage.calm();
  return resultOf(run);
}

describe('a token that is paid into the lost wallet again in the block of its recovery', () => {
  it('was recovered, is told as held again, and accuses nobody, nor does a retry', async () => {
    const result = await recoverInOneBlockWith(payAgain);

    const again = await resumed();

    for (const { tokens, followUps } of [result, again]) {
      expect(tokens).toMatchObject({ recovered: 2, failed: 0 });
      const codes = followUps.map(({ code }) => code);
      expect(codes).toContain('LOST_WALLET_HOLDS_AGAIN');
      expect(codes).not.toContain('LOST_WALLET_ACTIVE');
    }
  });

  it('was recovered too where the node has the state of the newest block alone', async () => {
    const { desk, stage, acts } = scene;
    const pruned = (): void =>
      stage.answer(async (request) => {
        const block = (request.params ?? []).at(-1);
        const hash = typeof block === 'object' && block !== null && 'blockHash' in block && block.blockHash;
        if (request.method !== 'eth_call' || hash === false) return 'pass';
        const newest = await desk.provider.getBlock('latest');
        return hash === newest?.hash ? 'pass' : refusal('missing trie node');
      });
    const payLater = async (): Promise<void> => {
      pruned();
      await desk.provider.send('evm_mine', []);
      const { lostWallet } = desk.person('jonas-weir');
      const paid = [replacementIn(scene.data), lostWallet, 4n];
      await acts.act('custodian-admin', 'SecurityToken', acts.token('ALDE').address, 'forcedTransfer', paid);
    };

    const result = await recoverWith('jonas-weir', 'mined:recover_tokens', payLater);

    expect(result.tokens).toMatchObject({ recovered: 2, failed: 0 });
    expect(result.followUps.map(({ code }) => code)).toContain('LOST_WALLET_HOLDS_AGAIN');
  });
});

describe('somebody else who recovers', () => {
  it.each(['final:recover_identity', 'judged:recover_tokens', 'signed:recover_tokens'])(
    'a token to our replacement (%s) did it for us: counted as done, with no second effect',
    async (moment) => {
      const { acts, desk, data } = scene;
      const { lostWallet } = desk.person('jonas-weir');
      const recoverAlde = (): Promise<void> =>
        acts.act('custodian-admin', 'SecurityToken', acts.token('ALDE').address, 'forcedRecoverTokens', [
          lostWallet,
          replacementIn(data),
        ]);

      const result = await recoverWith('jonas-weir', moment, recoverAlde);

      expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
      const { tokens } = await effectsOf('jonas-weir');
      expect(tokens.filter(({ recovered }) => recovered > 0).map(({ recovered }) => recovered)).toEqual([
        1, 1,
      ]);
    },
  );

  it.each([
    ['at once', [10n]],
    ['in parts', [4n, 6n]],
  ])(
    'a token by forcing the whole balance to our replacement %s did it for us too, and is no thief',
    async (_how, amounts) => {
      const { acts, desk, data } = scene;
      const { address } = acts.token('ALDE');
      const { lostWallet } = desk.person('jonas-weir');
      const force = async (): Promise<void> => {
        for (const amount of amounts) {
          const args = [lostWallet, replacementIn(data), amount];
          await acts.act('custodian-admin', 'SecurityToken', address, 'forcedTransfer', args);
        }
      };

      const result = await recoverWith('jonas-weir', 'final:recover_identity', force);

      expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
      expect(result.followUps.map(({ code }) => code)).not.toContain('LOST_WALLET_ACTIVE');
      expect(sentFor(address)).toEqual([]);
    },
  );

  it('by forcing a part of the balance to our replacement is no thief either: we recover the rest', async () => {
    const { acts, desk, data } = scene;
    const { address } = acts.token('ALDE');
    const force = (): Promise<void> => {
      const args = [desk.person('jonas-weir').lostWallet, replacementIn(data), 4n];
      return acts.act('custodian-admin', 'SecurityToken', address, 'forcedTransfer', args);
    };

    const result = await recoverWith('jonas-weir', 'final:recover_identity', force);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(result.followUps.map(({ code }) => code)).not.toContain('LOST_WALLET_ACTIVE');
    expect(sentFor(address)).toHaveLength(1);
  });

  it('what a thief left of a token did that for us, and the theft is told', async () => {
    const { acts, desk, data } = scene;
    const { lostWallet } = desk.person('jonas-weir');
    const stealPart = async (): Promise<void> => {
      await steal('jonas-weir', 'ALDE', 4n);
      const args = [lostWallet, replacementIn(data)];
      await acts.act(
        'custodian-admin',
        'SecurityToken',
        acts.token('ALDE').address,
        'forcedRecoverTokens',
        args,
      );
    };

    const result = await recoverWith('jonas-weir', 'judged:recover_tokens', stealPart);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    const told = result.followUps.find(({ code }) => code === 'LOST_WALLET_ACTIVE')?.message;
    expect(told).toContain('ALDE');
    expect(told).not.toContain('EURQ');
  });
});

describe('a payment into the lost wallet after its token was recovered', () => {
  it('is told, and fails nothing', async () => {
    const { acts, desk, data } = scene;
    const pay = (): Promise<void> => {
      const paid = [replacementIn(data), desk.person('jonas-weir').lostWallet, 4n];
      return acts.act('custodian-admin', 'SecurityToken', acts.token('EURQ').address, 'forcedTransfer', paid);
    };

    const { status, followUps } = await recoverWith('jonas-weir', 'final:recover_tokens', pay);

    expect(status).toBe('completed');
    const told = followUps.find(({ code }) => code === 'LOST_WALLET_HOLDS_AGAIN')?.message;
    expect(told).toContain('paid EURQ into the lost wallet');
  });
});
