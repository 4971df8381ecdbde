/** The participant directory beside a recovery: as it should be, away, half away, and with the process killed in between. */
import { afterEach, describe, expect, it } from 'vitest';
import { openRecords } from '../../electron/records.ts';
import type { Checkpoint } from '../../electron/desk.ts';
import type { Records } from '../../electron/records.ts';
import type { ParticipantDirectory } from '../../electron/participants/directory.ts';
import { directoryDown, directoryTimeout } from '../../electron/participants/directory-errors.ts';
import { releaseHeld } from '../../electron/participants/local/release.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { assertReleasable } from '../../electron/recovery/sign-in-release.ts';
import { setUpPracticePeople } from '../../electron/workbench/practice-people.ts';
import { ACCESS_KINDS } from '../../shared/directory.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { openStages } from '../support/recovery-stages.ts';
import type { RecoveryStages } from '../support/recovery-stages.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const DIRECTORY_PHASES = ['revoke_sessions', 'link_participant', 'reset_mfa'];

let open: RecoveryStages | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

/** Recovers Jonas with the practice people's directory as it is made of it. */
async function stages(
  made: (directory: ParticipantDirectory) => ParticipantDirectory,
  checkpoint: Checkpoint = () => undefined,
): Promise<RecoveryStages> {
  const directory = ({ local }: Records): ParticipantDirectory => made(local.directory);
  open = await openStages(scene.desk, scene.data, { directory, checkpoint });
  await setUpPracticePeople(open.records.local, scene.desk.network.files);
  return open;
}

function phasesOf({ phases }: RecoveryResult): Record<string, string> {
  const told = phases.filter(({ name }) => DIRECTORY_PHASES.includes(name));
  return Object.fromEntries(told.map(({ name, status }) => [name, status]));
}

const ALL_DONE = { revoke_sessions: 'done', link_participant: 'done', reset_mfa: 'done' };
const codesOf = ({ followUps }: RecoveryResult): readonly string[] => followUps.map(({ code }) => code);

async function expectCutOff(
  { local }: Pick<Records, 'local'>,
  person: SeededPerson,
  result: RecoveryResult,
): Promise<void> {
  const access = await local.directory.access(person.id);
  expect(Object.values(ACCESS_KINDS).map((kind) => access[kind]?.length)).toEqual([0, 0, 0, 0, 0]);
  expect(access.signIn).toBe('held');
  expect((await local.directory.get(person.id))?.wallets).toEqual([
    { address: person.lostWallet, effective: false, lost: true },
    { address: result.replacementWallet, effective: true },
  ]);
}

/** A double, for a directory that can be taken away: it throws as an adapter does whose server is down. */
function taken(directory: ParticipantDirectory, away: () => boolean): ParticipantDirectory {
  const calls = Object.entries(directory).map(([name, call]: [string, unknown]) => [
    name,
    typeof call === 'function'
      ? (...given: readonly unknown[]): unknown =>
          away()
            ? Promise.reject(directoryDown('the test took it away'))
            : Reflect.apply(call, directory, given)
      : call,
  ]);
  return Object.fromEntries(calls) as ParticipantDirectory;
}

describe('a recovery with a directory', () => {
  it('cuts the old access off, links the replacement, and says how much of what', async () => {
    const staged = await stages((directory) => directory);
    const person = scene.desk.person('jonas-weir');
    const planned = await staged.plan(person);
    expect(planned.built.preview.directory).toMatchObject({
      answers: true,
      access: { sessions: 1, second_factors: 1, signIn: 'open' },
    });
    expect(planned.plan.directory?.actions).toHaveLength(4);

    const result = await staged.run((await staged.begin(planned)).id);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(phasesOf(result)).toEqual(ALL_DONE);
    expect(result.phases.find(({ name }) => name === 'reset_mfa')?.counts).toMatchObject({
      second_factors: 1,
    });
    expect(codesOf(result)).toContain('SIGN_IN_HELD');
    await expectCutOff(staged.records, person, result);
  });

  it('that is down throughout recovers the tokens, and does the rest when it is resumed', async () => {
    let away = true;
    const staged = await stages((directory) => taken(directory, () => away));
    const person = scene.desk.person('jonas-weir');
    const planned = await staged.plan(person);
    expect(planned.built.preview.warnings.map(({ code }) => code)).toContain('DIRECTORY_SILENT');
    const { id } = await staged.begin(planned);

    const first = await staged.run(id);

    expect(first).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(phasesOf(first)).toEqual({
      revoke_sessions: 'failed',
      link_participant: 'failed',
      reset_mfa: 'failed',
    });
    expect(codesOf(first)).toContain('DIRECTORY_TO_RETRY');

    const still = await staged.resume(id);
    expect(still).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    expect(codesOf(still)).toContain('DIRECTORY_TO_RETRY');
    away = false;
    const after = await staged.resume(id);

    expect(after).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    expect(phasesOf(after)).toEqual(ALL_DONE);
    expect(codesOf(after)).not.toContain('DIRECTORY_TO_RETRY');
    expect(after.transactions).toEqual(first.transactions);
    await expectCutOff(staged.records, person, after);
    await expect(staged.resume(id)).rejects.toMatchObject({ code: 'RECOVERY_NOT_RESUMABLE' });
  });

  it('that goes down between plan and execution is begun all the same', async () => {
    let away = false;
    const staged = await stages((directory) => taken(directory, () => away));
    const planned = await staged.plan(scene.desk.person('jonas-weir'));
    away = true;

    const result = await staged.run((await staged.begin(planned)).id);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(phasesOf(result)).toMatchObject({ link_participant: 'failed' });
  });

  it('whose one call fails says which, and still does the others', async () => {
    const staged = await stages((directory) => ({
      ...directory,
      revokeSessions: () => Promise.reject(directoryTimeout(1)),
    }));

    const result = await staged.run(
      (await staged.begin(await staged.plan(scene.desk.person('jonas-weir')))).id,
    );

    expect(phasesOf(result)).toEqual({
      revoke_sessions: 'partly',
      link_participant: 'done',
      // Sessions were to be ended once more after it.
      reset_mfa: 'partly',
    });
    const told = result.followUps.find(({ code }) => code === 'DIRECTORY_TO_RETRY')?.message;
    expect(told).toContain('revoke sessions, revoke sessions once more');
    expect(result.status).toBe('completed');
  });

  it('that does not answer before the chain is verified keeps no transaction waiting', async () => {
    const verified = Promise.withResolvers<void>();
    const staged = await stages(
      (directory) => ({
        ...directory,
        revokeSessions: async (id, call) => {
          await verified.promise;
          return directory.revokeSessions(id, call);
        },
      }),
      (name) => {
        if (name === 'ended:verify') verified.resolve();
      },
    );

    const result = await staged.run(
      (await staged.begin(await staged.plan(scene.desk.person('jonas-weir')))).id,
    );

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(phasesOf(result)).toEqual(ALL_DONE);
  });

  it('that says it did what it does not show is not believed', async () => {
    const staged = await stages((directory) => ({
      ...directory,
      linkWallet: () => Promise.resolve({ counts: { wallet_link: 1 }, survivors: [] }),
      resetFactors: () => Promise.resolve({ counts: { second_factors: 1 }, survivors: [] }),
    }));

    const result = await staged.run(
      (await staged.begin(await staged.plan(scene.desk.person('jonas-weir')))).id,
    );

    expect(phasesOf(result)).toEqual({
      revoke_sessions: 'done',
      link_participant: 'failed',
      reset_mfa: 'partly',
    });
    expect(result.followUps.find(({ code }) => code === 'ACCESS_SURVIVES')?.message).toContain(
      "1 of the person's second factors works on without an end",
    );
  });

  it('whose hold is cut off by who cancels is told of; it can be released, and a new recovery does it all', async () => {
    const stop = new AbortController();
    const staged = await stages(
      (directory) => directory,
      (name) => {
        if (name === 'acted:hold_sign_in') stop.abort();
      },
    );
    const person = scene.desk.person('jonas-weir');
    const { journal, local } = staged.records;
    const { id } = await staged.begin(await staged.plan(person));

    const cancelled = await staged.run(id, stop.signal);

    expect(cancelled.status).toBe('cancelled');
    expect(codesOf(cancelled)).toEqual(['CUT_OFF_ELSEWHERE', 'SIGN_IN_HELD']);
    expect((await local.directory.access(person.id)).signIn).toBe('held');
    await expect(staged.resume(id)).rejects.toMatchObject({ code: 'RECOVERY_NOT_RESUMABLE' });

    const again = await staged.run((await staged.begin(await staged.plan(person))).id);

    expect(again.status).toBe('completed');
    expect(phasesOf(again)).toEqual(ALL_DONE);
    expect(codesOf(again)).toContain('SIGN_IN_HELD');
    await expectCutOff(staged.records, person, again);
    assertReleasable(journal, person.id);
    expect(await releaseHeld(local.directory, local, person.id, null)).toMatchObject({
      counts: { sign_in_hold: 1 },
    });
    expect((await local.directory.access(person.id)).signIn).toBe('open');
  });

  it('that knows the replacement as somebody else’s links nothing, and names whose it is', async () => {
    const staged = await stages((directory) => directory);
    const planned = await staged.plan(scene.desk.person('jonas-weir'));
    const { id } = await staged.begin(planned);
    const bruno = staged.records.local.people.get('bruno-alves');
    if (bruno === null) throw new Error('the practice network lacks bruno-alves');
    const { address } = planned.plan.replacement;
    staged.records.local.people.put({ ...bruno, wallets: [...bruno.wallets, { address, effective: false }] });

    const result = await staged.run(id);

    expect(phasesOf(result)).toMatchObject({ link_participant: 'failed', reset_mfa: 'done' });
    expect(result.phases.find(({ name }) => name === 'link_participant')?.reason).toContain('"bruno-alves"');
    expect(result.status).toBe('completed');
  });
});

describe('kill -9 at the directory, then resume, counts everything and leaves nothing', () => {
  it.each([
    'started:hold_sign_in',
    'acted:hold_sign_in',
    'acted:revoke_sessions',
    'ended:revoke_sessions',
    'linked:link_participant',
    'acted:link_participant',
    'acted:reset_mfa',
    'ended:reset_mfa',
    'acted:revoke_sessions_again',
  ])('at %s', async (at) => {
    const { desk, data } = scene;
    const person = desk.person('jonas-weir');
    const records = openRecords(data);
    await setUpPracticePeople(records.local, desk.network.files);
    records.close();
    const { replacement, proof } = await desk.proofBy('replacement', person, data);
    const line = desk.recoverArgs(person, data, '--replacement', replacement, '--proof', proof);

    expect((await faultyDesk({ signal: 'SIGKILL', at, count: 1 }, line)).signal).toBe('SIGKILL');
    const result = resultOf(await terminal(resumeArgs(desk, data, null)));

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(phasesOf(result)).toEqual(ALL_DONE);
    const counts = result.phases.flatMap(({ counts: told }) => (told === undefined ? [] : [told]));
    expect(counts).toMatchObject([
      { sign_in_hold: 1, sessions: 1 },
      { wallet_link: 1 },
      { second_factors: 1, sessions: 0 },
    ]);
    const after = openRecords(data);
    await expectCutOff(after, person, result);
    after.close();
  });
});
