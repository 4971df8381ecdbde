import { Contract, Wallet, toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { faultScene, together } from '../support/fault-scene.ts';
import { refusal } from '../support/hostile-node.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';
import { recoverWith, resumed, steal } from '../support/token-runs.ts';

const scene = faultScene();

describe('a balance that a thief moved', () => {
  it.each(['begun', 'judged:recover_tokens'])(
    'after the preview (%s) is reported as moved, with its transaction, and the rest recovers',
    async (moment) => {
      let theft = '';

      const result = await recoverWith(
        scene,
        'luca-ferri',
        moment,
        async () => {
          theft = await steal(scene, 'luca-ferri', 'NGB28');
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
        scene,
        'jonas-weir',
        moment,
        async () => {
          theft = await steal(scene, 'jonas-weir', 'ALDE');
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

  /** Recovers to the holder's own wallet: anew, or adopting what an earlier recovery did. */
  async function recoverToHolder(): Promise<RecoveryResult> {
    const { desk, data } = scene;
    const person = desk.person('jonas-weir');
    const { replacement, proof } = await desk.proofBy('replacement', person, data);
    const given = ['--replacement', replacement, '--proof', proof];
    return resultOf(await terminal(desk.recoverArgs(person, data, ...given)));
  }

  it('after an earlier recovery, and before the preview of the one that adopts it, is reported as moved', async () => {
    const { acts, desk } = scene;
    expect((await recoverToHolder()).status).toBe('completed');
    const paid = [practiceAddress('replacement'), desk.person('jonas-weir').lostWallet, 4n];
    await acts.act('custodian-admin', 'SecurityToken', acts.token('ALDE').address, 'forcedTransfer', paid);
    const theft = await steal(scene, 'jonas-weir', 'ALDE');

    const { status, tokens, followUps } = await recoverToHolder();

    expect(status).toBe('completed_with_token_failures');
    expect(tokens).toMatchObject({
      total: 2,
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'BALANCE_MOVED' }],
    });
    expect(tokens.failures[0]?.message).toContain(theft);
    expect(followUps.map(({ code }) => code)).toContain('LOST_WALLET_ACTIVE');
  });

  it('by the person, who sold it before anything was linked, is none: the recovery that adopts the link leaves it out', async () => {
    await steal(scene, 'jonas-weir', 'ALDE');
    expect((await recoverToHolder()).status).toBe('completed');

    const { status, tokens, followUps } = await recoverToHolder();

    expect(status).toBe('completed');
    expect(tokens).toMatchObject({ total: 1, recovered: 1, failed: 0 });
    expect(followUps.map(({ code }) => code)).not.toContain('LOST_WALLET_ACTIVE');
  });

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

    const again = await resumed(scene);

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

    const result = await recoverWith(scene, 'jonas-weir', 'mined:recover_tokens', payLater);

    expect(result.tokens).toMatchObject({ recovered: 2, failed: 0 });
    expect(result.followUps.map(({ code }) => code)).toContain('LOST_WALLET_HOLDS_AGAIN');
  });
});
