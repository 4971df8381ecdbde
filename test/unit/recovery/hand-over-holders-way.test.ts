/** A wallet that is still to recover tokens itself is not handed over before that is settled. */
import { describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../electron/recovery/engine-context.ts';
import { storedResult } from '../../../electron/recovery/engine.ts';
import { handOverNow } from '../../../electron/recovery/hand-over.ts';
import { markHandedOver } from '../../../electron/recovery/hand-over-end.ts';
import { leaveToHolder } from '../../../electron/recovery/hand-over-left.ts';
import { takeForHolder, takeKeystore, takePassphrase } from '../../../electron/recovery/hand-over-leaving.ts';
import { retryFailed } from '../../../electron/recovery/retry.ts';
import { letterOf } from '../../../electron/workbench/hand-over-services.ts';
import { wantedKeys } from '../../../electron/workbench/replacement-keys.ts';
import { HAND_OVER_CHECKS } from '../../../shared/hand-over-rules.ts';
import type { HandOverCheck } from '../../../shared/hand-over-rules.ts';
import type { RecoverySnapshot } from '../../../shared/journal.ts';
import type { Plan } from '../../../shared/plan.ts';
import { ANNA, BERT, CARL, handOverScene } from '../../support/hand-over-scene.ts';
import type { HandOverScene, SceneOptions } from '../../support/hand-over-scene.ts';

const ALL = Object.keys(HAND_OVER_CHECKS) as HandOverCheck[];
const waits = { code: 'HAND_OVER_WAITS' };

function failing(options: SceneOptions = {}): Promise<HandOverScene> {
  return handOverScene({
    status: 'completed_with_token_failures',
    holdersWay: 'REPLACEMENT_CANNOT_SEND',
    ...options,
  });
}

function planOf({ records, id }: HandOverScene): { plan: Plan; snapshot: RecoverySnapshot } {
  const snapshot = records.journal.read(id);
  const plan = snapshot === null ? null : records.plans.get(snapshot.recovery.planDigest);
  if (snapshot === null || plan === null) throw new Error('there is no recovery');
  return { plan, snapshot };
}

/** Tries the failed tokens again as who began the recovery, without the key of the wallet. */
function retried(scene: HandOverScene): () => void {
  const { plan, snapshot } = planOf(scene);
  const signers = { own: CARL.operator, get: () => null, external: () => null };
  const context = { journal: scene.records.journal, signers } as unknown as EngineContext;
  return () => retryFailed(context, plan, snapshot, false);
}

function codes({ records, id }: HandOverScene): readonly string[] {
  return storedResult(records, id)?.result.followUps.map(({ code }) => code) ?? [];
}

describe('while a wallet is still to recover a token itself', () => {
  it('neither half leaves, and nothing is marked done', async () => {
    const scene = await failing();
    const context = scene.context();
    const to = { recipientOf: (typed: string) => Promise.resolve(typed), seal: () => Promise.resolve('') };

    await expect(takeKeystore(context, scene.at, ANNA)).rejects.toMatchObject(waits);
    await expect(takePassphrase(context, scene.at, ANNA)).rejects.toMatchObject(waits);
    await expect(takeForHolder(context, scene.at, ANNA, { typed: 'age1', to })).rejects.toMatchObject(waits);
    await expect(markHandedOver(context, scene.at, ANNA, ALL)).rejects.toMatchObject(waits);

    expect(scene.records.journal.read(scene.id)?.handOver).toEqual([]);
    expect(handOverNow(context, scene.at).view).toMatchObject({ state: 'open', toRecover: ['BND'] });
    expect(codes(scene)).toContain('TOKENS_TO_RETRY');
  });

  it('a retry asks for its passphrase', async () => {
    const scene = await failing();
    const { plan, snapshot } = planOf(scene);

    expect(wantedKeys(scene.records, plan, snapshot)).toEqual([scene.wallet]);
    expect(retried(scene)).toThrow(
      expect.objectContaining({
        code: 'RECOVERY_NOT_RESUMABLE',
        remedy: expect.stringContaining('--replacement-passphrase-file'),
      }),
    );
  });

  it.each([null, 'NO_RECOVERABLE_TOKENS', 'BALANCE_MOVED', 'RECOVERED_ELSEWHERE'] as const)(
    'but not where nothing can come of it any more (%s)',
    async (holdersWay) => {
      const scene = await failing({ holdersWay });

      await expect(takeKeystore(scene.context(), scene.at, ANNA)).resolves.toBeDefined();
      expect(() => leaveToHolder(scene.context(), scene.at, ANNA)).toThrow(
        expect.objectContaining({ code: 'HAND_OVER_NOT_READY' }),
      );
    },
  );

  it('nothing is left to the holder of a recovery that has not completed', async () => {
    const scene = await failing({ status: 'running' });

    expect(() => leaveToHolder(scene.context(), scene.at, ANNA)).toThrow(
      expect.objectContaining({ code: 'HAND_OVER_NOT_READY' }),
    );
    expect(scene.records.journal.read(scene.id)?.handOver).toEqual([]);
  });
});

describe('what was left to the holder', () => {
  async function leftTo(): Promise<HandOverScene> {
    const scene = await failing();
    expect(leaveToHolder(scene.context(), scene.at, ANNA)).toEqual(['BND']);
    return scene;
  }

  it('lets the wallet be handed over, and is in the journal and the audit log', async () => {
    const scene = await leftTo();

    await takeKeystore(scene.context(), scene.at, ANNA);
    await takePassphrase(scene.context(), scene.at, BERT);
    const { view } = await markHandedOver(scene.context(), scene.at, ANNA, ALL);

    expect(view.state).toBe('done');
    expect(view.toRecover).toBeUndefined();
    const told = scene.audit().flatMap(({ kind, fields }) => (kind === 'hand_over' ? [fields] : []));
    expect(told[0]).toMatchObject({ what: 'left_to_holder', operatorId: ANNA.operatorId });
  });

  it('is not left a second time', async () => {
    const scene = await leftTo();

    expect(() => leaveToHolder(scene.context(), scene.at, BERT)).toThrow(
      expect.objectContaining({ code: 'HAND_OVER_NOT_READY' }),
    );
  });

  it('is retried no more, in words that tell the holder how: its key is not even opened', async () => {
    const scene = await leftTo();
    const { plan, snapshot } = planOf(scene);

    expect(wantedKeys(scene.records, plan, snapshot)).toEqual([]);
    expect(retried(scene)).toThrow(
      expect.objectContaining({
        code: 'HOLDERS_WAY_CLOSED',
        remedy: expect.stringContaining(
          `With the wallet ${scene.wallet}, call recoverTokens(${scene.lostWallet})`,
        ),
      }),
    );
  });

  it('is told as that in the result and in the letter', async () => {
    const scene = await leftTo();

    expect(codes(scene)).toContain('HOLDER_RECOVERS');
    expect(codes(scene)).not.toContain('TOKENS_TO_RETRY');
    expect(letterOf(scene.records, planOf(scene))).toContain('<code>recoverTokens</code>');
  });
});
