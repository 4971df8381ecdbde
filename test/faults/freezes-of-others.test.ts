import { Contract } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { faultScene } from '../support/fault-scene.ts';
import { ADDRESS_FROZEN, askedTopics } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

interface Given {
  readonly token: string;
  readonly lost: string | null;
  readonly replacement: string;
  /** What the custodian does on the token. */
  readonly set: (method: string, ...args: readonly unknown[]) => Promise<void>;
  /** Recovers the compromised wallet; at the moment, passed for the `count`th time, something happens. */
  readonly recover: (moment: string, act: () => Promise<unknown>, count?: number) => Promise<RecoveryResult>;
}

async function compromised(): Promise<Given> {
  const { desk, acts, data, stage } = scene;
  const person = desk.person('luca-ferri');
  const { address } = acts.token('NGB28');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--reason', 'compromised', '--replacement', replacement, '--proof', proof];
  return {
    token: address,
    lost: person.lostWallet,
    replacement,
    set: (method, ...args) => acts.act('custodian-admin', 'SecurityToken', address, method, args),
    recover: async (moment, act, count) => {
      const line = desk.recoverArgs(person, data, ...given, '--network', stage.profile());
      const run = await terminal(line, { checkpoint: stage.when(moment, act, count) });
      await stage.calm();
      return resultOf(run);
    },
  };
}

async function resumed(): Promise<RecoveryResult> {
  return resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));
}

async function isFrozen(token: string, wallet: string): Promise<unknown> {
  const views = ['function isFrozen(address) view returns (bool)'];
  return new Contract(token, views, scene.desk.provider).getFunction('isFrozen')(wallet);
}

/** The attempts at lifting the freeze of the token. */
function lifting(token: string): readonly (readonly unknown[])[] {
  return readJournalFile(scene.data)
    .steps.filter(({ name }) => name.startsWith('unfreeze:') && name.endsWith(token))
    .map(({ state, reason }) => [state, reason]);
}

function toldOf(result: RecoveryResult): string | undefined {
  return result.followUps.find(({ code }) => code === 'REPLACEMENT_LEFT_FROZEN')?.message;
}

describe('a freeze that a custodian set', () => {
  it.each([
    ['in place of ours, which they had lifted', [false, true]],
    ['once more, while ours stood', [true]],
  ])('on the lost wallet %s goes along with the token, stays, and is told', async (_how, acts) => {
    const { token, lost, replacement, set, recover } = await compromised();
    const result = await recover('final:recover_identity', () => set('pause'));
    expect(result.tokens.failures).toMatchObject([{ token, reason: 'TOKEN_PAUSED' }]);
    for (const frozen of acts) await set('setAddressFrozen', lost, frozen);
    await set('unpause');

    const again = await resumed();

    expect(again).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(await isFrozen(token, replacement)).toBe(true);
    expect(lifting(token)).toEqual([
      ['skipped', null],
      ['skipped', null],
    ]);
    expect(toldOf(again)).toContain('on NGB28, and not by this recovery');
  });

  it('on the replacement before ours was lifted stays, and is told', async () => {
    const { token, replacement, set, recover } = await compromised();

    const result = await recover('final:recover_tokens', () => set('setAddressFrozen', replacement, true), 4);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(await isFrozen(token, replacement)).toBe(true);
    expect(lifting(token)).toEqual([['skipped', null]]);
    expect(toldOf(result)).toContain('on NGB28, and not by this recovery');
  });
});

describe('a freeze of ours', () => {
  it('that somebody else carried on, by recovering the token to our replacement, is lifted', async () => {
    const { token, lost, replacement, set, recover } = await compromised();

    const result = await recover('final:recover_identity', () =>
      set('forcedRecoverTokens', lost, replacement),
    );

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(await isFrozen(token, replacement)).toBe(false);
    expect(lifting(token)).toEqual([['done', null]]);
  });

  it('of which the node keeps the logs back is not lifted, is no success, and is told as not shown', async () => {
    const { token, replacement, recover } = await compromised();

    const result = await recover('final:recover_identity', async () =>
      scene.stage.answer((request) =>
        askedTopics(request)?.[0] === ADDRESS_FROZEN ? { result: [] } : 'pass',
      ),
    );

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { recovered: 4, failed: 0 },
    });
    expect(await isFrozen(token, replacement)).toBe(true);
    expect(lifting(token)).toEqual([['failed', 'FREEZE_UNPROVEN']]);
    expect(toldOf(result)).toMatch(/^The replacement is frozen on .*NGB28.*, and no log shows who set that/);
    for (const { address } of scene.desk.network.seed.tokens)
      if (await isFrozen(address, replacement))
        await scene.acts.act('custodian-admin', 'SecurityToken', address, 'setAddressFrozen', [
          replacement,
          false,
        ]);

    expect(await resumed()).toMatchObject({ status: 'completed' });
    expect(lifting(token).at(-1)).toEqual(['done', null]);
  });
});
