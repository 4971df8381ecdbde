import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { replacementIn } from '../support/recovery-runs.ts';
import { openStages } from '../support/recovery-stages.ts';
import type { PlanWish, RecoveryStages, StageHands } from '../support/recovery-stages.ts';
import { openSafe } from '../support/safe.ts';
import type { Safe } from '../support/safe.ts';
import { HANDS } from '../support/split-desk.ts';

const scene = faultScene();
const luca = (): SeededPerson => scene.desk.person('luca-ferri');
let stages: RecoveryStages | null;

beforeEach(() => {
  stages = null;
  writePolicy(scene.data, { miningPatienceSeconds: 1 });
});
afterEach(() => stages?.close());

const roles = (steps: readonly PlanStep[]): readonly string[] => [...new Set(steps.map(({ role }) => role))];

/** A desk that is opened anew over the same data folder. */
async function reopen(hands: StageHands): Promise<RecoveryStages> {
  await stages?.close();
  stages = await openStages(scene.desk, scene.data, hands);
  return stages;
}

/** An identity manager with a keystore, a Safe as the custodian. */
async function beginMixed(safe: Safe, wish: PlanWish = {}): Promise<string> {
  const opened = await reopen({ own: 'identityManager', others: [safe] });
  const external = [safe.address];
  const planned = await opened.plan(luca(), {
    reason: 'compromised',
    custodian: safe.address,
    external,
    ...wish,
  });
  return (await opened.begin(planned)).id;
}

async function run(id: string): Promise<RecoveryResult> {
  if (stages === null) throw new Error('no desk is open');
  return stages.run(id);
}

/** @param operator of the transactions that the desk sends itself. */
async function expectDone(operator: string): Promise<void> {
  const effects = await countEffects(scene.desk, luca(), replacementIn(scene.data), scene.before, operator);
  expectOnce(effects, luca(), 'contained');
}

describe('calls handed out to a custodian’s Safe, the identity manager having a keystore', () => {
  let safe: Safe;
  beforeEach(async () => {
    safe = await openSafe(scene.desk, scene.acts, 'custodian');
  });

  it('are carried out as they come: freezes, then tokens with the lifting of the freezes, each once', async () => {
    safe.answer(({ steps }) => safe.carryOut(steps));
    const id = await beginMixed(safe);

    const result = await run(id);

    expect(result, JSON.stringify(result)).toMatchObject({
      status: 'completed',
      tokens: { total: 4, recovered: 4 },
    });
    expect(safe.batches.map(({ batch, again, steps }) => [batch, again, roles(steps), steps.length])).toEqual(
      [
        [1, false, ['contain'], 4],
        [2, false, ['token', 'release'], 8],
      ],
    );
    expect(result.followUps.map(({ code }) => code)).toContain('HANDED_OUT_CALLS');
    await expectDone(HANDS.identityManager);
  });

  it('and never carried out leave the recovery waiting, past its return, until they are', async () => {
    const id = await beginMixed(safe);

    const waiting = await run(id);

    expect(waiting).toMatchObject({
      status: 'waiting',
      reason: { code: 'WAITING_FOR_SIGNATURES' },
      waitsFor: [{ address: safe.address, what: 'signatures' }],
    });
    expect(waiting.followUps.map(({ code }) => code)).toEqual(['LOST_WALLET_LEFT_FROZEN']);
    expect(stages?.records.journal.read(id)?.recovery.noReturnAt).not.toBeNull();
    expect(await scene.desk.provider.getTransactionCount(HANDS.identityManager)).toBe(1);

    await safe.carryOut(safe.batches[0]?.steps ?? []);
    safe.answer(({ steps }) => safe.carryOut(steps));
    expect((await run(id)).status).toBe('completed');
    await expectDone(HANDS.identityManager);
  });

  it('and carried out by half wait for the rest, which alone is handed out again', async () => {
    const half = (steps: readonly PlanStep[]): readonly PlanStep[] => steps.slice(0, steps.length / 2);
    safe.answer(({ steps }) => safe.carryOut(steps[0]?.role === 'token' ? half(steps).slice(0, 2) : steps));
    const id = await beginMixed(safe);
    const waiting = await run(id);
    expect(waiting).toMatchObject({ status: 'waiting', tokens: { recovered: 2, failed: 0 } });

    safe.answer(({ steps }) => safe.carryOut(steps));
    const result = await run(id);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
    expect(safe.batches.at(-1)).toMatchObject({ batch: 2, again: true });
    await expectDone(HANDS.identityManager);
  });

  it('and carried out twice do nothing a second time', async () => {
    safe.answer(async ({ steps }) => {
      await safe.carryOut(steps);
      await safe.carryOut(steps.filter(({ role }) => role !== 'release'));
    });
    const id = await beginMixed(safe, { reason: 'lost' });

    expect((await run(id)).status).toBe('completed');

    const to = replacementIn(scene.data);
    expectOnce(
      await countEffects(scene.desk, luca(), to, scene.before, HANDS.identityManager),
      luca(),
      'not contained',
    );
  });

  it('do not hold what a static call shows to fail: that is a failure of the token without cost', async () => {
    const { acts } = scene;
    safe.answer(({ steps }) => safe.carryOut(steps));
    const id = await beginMixed(safe);
    await acts.act('custodian-admin', 'SecurityToken', acts.token('EURQ').address, 'pause', []);

    const result = await run(id);

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { recovered: 3, failures: [{ symbol: 'EURQ', reason: 'TOKEN_PAUSED' }] },
    });
    const handed = safe.batches.flatMap(({ steps }) => steps);
    const eurq = acts.token('EURQ').address;
    expect(handed.filter(({ token }) => token === eurq).map(({ role }) => role)).toEqual(['contain']);
  });

  it('leave a freeze alone that somebody else set before them', async () => {
    const { acts, desk } = scene;
    const usdq = acts.token('USDQ').address;
    safe.answer(async ({ steps }) => {
      if (steps[0]?.role === 'contain') {
        const hold = [luca().lostWallet, true];
        await acts.act('custodian-admin', 'SecurityToken', usdq, 'setAddressFrozen', hold);
        await safe.carryOut(steps.filter(({ token }) => token !== usdq));
      } else await safe.carryOut(steps);
    });
    const id = await beginMixed(safe);

    const result = await run(id);

    expect(result).toMatchObject({ tokens: { recovered: 4 } });
    const effects = await countEffects(desk, luca(), replacementIn(scene.data), scene.before);
    const held = effects.tokens.find(({ token }) => token === usdq);
    expect(held?.replacement.after.addressFrozen).toBe(true);
  });

  it('lift no freeze that somebody else set on the replacement after them, and those of theirs all the same', async () => {
    const { acts, desk } = scene;
    const usdq = acts.token('USDQ').address;
    safe.answer(async ({ steps, again }) => {
      await safe.carryOut(again ? steps : steps.filter(({ role }) => role !== 'release'));
      if (steps[0]?.role !== 'token' || again) return;
      const hold = [replacementIn(scene.data), true];
      await acts.act('custodian-admin', 'SecurityToken', usdq, 'setAddressFrozen', hold);
    });
    const id = await beginMixed(safe);
    expect((await run(id)).status).toBe('waiting');

    const result = await run(id);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
    expect(safe.batches.at(-1)).toMatchObject({ batch: 2, again: true });
    expect(safe.batches.at(-1)?.steps.map(({ role, token }) => [role, token === usdq])).toEqual([
      ['release', false],
      ['release', false],
      ['release', false],
    ]);
    const { tokens } = await countEffects(desk, luca(), replacementIn(scene.data), scene.before);
    const frozen = tokens.filter(({ replacement }) => replacement.after.addressFrozen);
    expect(frozen.map(({ token }) => token)).toEqual([usdq]);
    const told = result.followUps.find(({ code }) => code === 'REPLACEMENT_LEFT_FROZEN');
    expect(told?.message).toContain('USDQ');
  });

  it('are handed out again where the desk ended before anybody had them', async () => {
    safe.answer(() => Promise.reject(new Error('the disk is gone')));
    const id = await beginMixed(safe);
    await expect(run(id)).rejects.toThrow('the disk is gone');
    expect(stages?.records.journal.read(id)?.recovery.status).toBe('stopped');

    safe.answer(({ steps }) => safe.carryOut(steps));
    const opened = await reopen({ own: 'identityManager', others: [safe] });
    const result = await opened.run(id);

    expect(result.status).toBe('completed');
    expect(safe.batches.map(({ batch, again }) => [batch, again])).toEqual([
      [1, false],
      [1, true],
      [2, false],
    ]);
    await expectDone(HANDS.identityManager);
  });

  it('are looked after by a run that hands nothing out', async () => {
    const id = await beginMixed(safe);
    await run(id);
    await safe.carryOut(safe.batches[0]?.steps ?? []);

    const opened = await reopen({ own: 'identityManager' });
    const waiting = await opened.run(id);

    expect(waiting).toMatchObject({
      status: 'waiting',
      reason: { code: 'WAITING_FOR_OPERATOR' },
      waitsFor: [{ address: safe.address, what: 'operator' }],
    });
    expect(waiting.phases.find(({ name }) => name === 'recover_identity')?.status).toBe('done');
  });
});

describe('calls handed out to a Safe that holds all rights', () => {
  let safe: Safe;
  beforeEach(async () => {
    safe = await openSafe(scene.desk, scene.acts, 'custodian and identity manager');
  });

  async function begin(): Promise<string> {
    const opened = await reopen({ own: safe });
    const planned = await opened.plan(luca(), { reason: 'compromised', external: [safe.address] });
    expect(planned.built.preview.cost.estimate).toBe('0');
    return (await opened.begin(planned)).id;
  }

  it('are one batch, in the order of the plan, and the desk sends nothing', async () => {
    safe.answer(({ steps }) => safe.carryOut(steps));
    const id = await begin();

    const result = await run(id);

    expect(result, JSON.stringify(result)).toMatchObject({
      status: 'completed',
      tokens: { recovered: 4 },
      transactions: [],
    });
    expect(safe.batches.map(({ steps }) => roles(steps))).toEqual([
      ['contain', 'prepare', 'relink', 'token', 'release'],
    ]);
    await expectDone(safe.address);
  });

  it('are told apart from a recovery by others to another wallet, which ends it', async () => {
    const { acts, desk } = scene;
    const id = await begin();
    expect((await run(id)).reason?.code).toBe('WAITING_FOR_SIGNATURES');
    const { contracts } = desk.network.seed;
    const other = desk.person('bruno-alves').oldIdentity;
    const to = desk.network.seed.roles['second-replacement'];
    const moved = [luca().lostWallet, to, other];
    await acts.act(
      'platform-admin',
      'IdentityRegistry',
      contracts.identityRegistry,
      'recoverIdentity',
      moved,
    );

    const result = await run(id);

    expect(result).toMatchObject({ status: 'failed', reason: { code: 'RECOVERED_ELSEWHERE' } });
    expect(result.followUps.map(({ code }) => code)).toContain('HANDED_OUT_CALLS');
  });
});
