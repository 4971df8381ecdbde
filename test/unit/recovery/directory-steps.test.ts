import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directoryTimeout } from '../../../electron/participants/directory-errors.ts';
import { openRecords } from '../../../electron/records.ts';
import type { Records } from '../../../electron/records.ts';
import { effectOf, heldBy } from '../../../electron/recovery/directory-outcome.ts';
import { directorySteps } from '../../../electron/recovery/directory-plan.ts';
import { besideChain } from '../../../electron/recovery/directory-steps.ts';
import { stepsNow } from '../../../electron/recovery/engine-context.ts';
import type { Run } from '../../../electron/recovery/engine-context.ts';
import type { Directory } from '../../../electron/recovery/needs.ts';
import { DIRECTORY_ACTIONS } from '../../../shared/directory-actions.ts';
import type { Access, DirectoryEffect } from '../../../shared/directory.ts';
import type { Plan } from '../../../shared/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TIME, sampleCase, samplePlan, sampleRecovery } from '../store/records.ts';

const base = temporaryFolder('directory-steps');

/** Each in turn, at once and when the chain has linked the person. */
async function runThrough(run: Run): Promise<void> {
  const beside = besideChain(run);
  beside.linked();
  await beside.settled();
}

function effectAt(run: Run, word: string): DirectoryEffect | null {
  const row = [...stepsNow(run.snapshot()).values()].find(({ name }) => name.startsWith(`${word}:`));
  return row === undefined ? null : effectOf(row);
}

function heldIn(run: Run): string | null {
  return heldBy(run.snapshot());
}

/** Stands in for a directory whose records have a place for one wallet alone, as Better Auth's may. */
function directoryOfOneWallet() {
  const { lostWallet } = samplePlan();
  const access: Access = {
    sessions: [],
    secondFactors: [],
    passkeys: [],
    apiKeys: [],
    walletVerifications: [],
    signIn: 'held',
  };
  const reset: string[] = [];
  let wallet = lostWallet;
  const person = () => ({
    id: 'p-1',
    name: null,
    source: 'directory' as const,
    wallets: [{ address: wallet, effective: true }],
  });
  const done = { counts: {}, survivors: [] };
  const directory: Directory = {
    kind: 'better-auth',
    capabilities: () => expect.unreachable('a run asks for none'),
    get: async () => person(),
    findByWallet: async (address) => (address === wallet ? person() : null),
    access: async () => access,
    revokeSessions: async () => done,
    holdSignIn: async () => done,
    releaseSignIn: () => expect.unreachable('a run releases nobody'),
    resetFactors: async (id) => {
      reset.push(id);
      return done;
    },
    linkWallet: async (_id, { replacement }) => {
      wallet = replacement;
      return {
        counts: { wallet_link: 1 },
        survivors: [{ what: 'it has no place for the old one', until: null }],
      };
    },
  };
  return { directory, reset };
}

function recordsOf(name: string): Records {
  const records = openRecords(path.join(base, name));
  onTestFinished(() => records.close());
  records.cases.insert('case-1', sampleCase, 'p-1', TIME);
  return records;
}

/** A recovery in a real journal, whose plan was made while the directory did not answer. */
function runOf(directory: Directory, records: Records, id = 'r1', planNonce = 1): Run {
  const plan: Plan = {
    ...samplePlan({ planNonce }),
    directory: { kind: directory.kind, participantId: null, actions: [...DIRECTORY_ACTIONS] },
  };
  const steps = (['revoke_sessions', 'link_participant', 'reset_mfa'] as const).flatMap((phase) =>
    directorySteps(plan, phase),
  );
  records.journal.begin({ ...sampleRecovery(id), plan, steps });
  const { journal, previews } = records;
  const snapshot = () => {
    const read = journal.read(id);
    if (read === null) throw new Error('it was begun');
    return read;
  };
  const context = {
    journal,
    previews,
    people: { directory: () => directory },
    checkpoint: () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
  };
  return { id, plan, context, snapshot } as unknown as Run;
}

describe('the steps at a directory that was away when the plan was made', () => {
  it('are all about the person whom the first of them found, whatever the link did to the record', async () => {
    const { directory, reset } = directoryOfOneWallet();
    const run = runOf(directory, recordsOf('one-wallet'));

    await runThrough(run);

    expect(reset).toEqual(['p-1']);
    const states = [...stepsNow(run.snapshot()).values()].map(({ state }) => state);
    expect(states).toEqual(['done', 'done', 'done', 'done', 'done']);
  });
});

/** Stands in for a directory that counts what there is; a hold counts where it is set by the call. */
function countingDirectory(before: Partial<Access>) {
  const one = directoryOfOneWallet();
  let access: Access = {
    sessions: [],
    secondFactors: [],
    passkeys: [],
    apiKeys: [],
    walletVerifications: [],
    signIn: 'open',
    ...before,
  };
  const directory: Directory = {
    ...one.directory,
    findByWallet: () => one.directory.get('p-1'),
    access: async () => access,
    holdSignIn: async () => {
      const was = access.signIn;
      access = { ...access, signIn: 'held' };
      return { counts: { sign_in_hold: was === 'held' ? 0 : 1 }, survivors: [] };
    },
  };
  return { directory };
}

const session = (id: string) => ({ id, label: id, createdAt: null, lastUsedAt: null });

describe('what is left at a directory', () => {
  it('is told by count beside what the directory names itself', async () => {
    const { directory } = countingDirectory({ sessions: [session('one'), session('two')] });
    const named = { what: 'an access token', until: null };
    const run = runOf(
      { ...directory, revokeSessions: async () => ({ counts: { sessions: 1 }, survivors: [named] }) },
      recordsOf('left-by-count'),
    );

    await runThrough(run);

    expect(effectAt(run, 'revoke_sessions')?.survivors).toEqual([
      named,
      { what: "2 of the person's sessions", until: null },
    ]);
  });

  it('is no hold where sign-in is shown as open, whatever else is named', async () => {
    const { directory } = countingDirectory({});
    const named = { what: 'an access token', until: null };
    const run = runOf(
      { ...directory, holdSignIn: async () => ({ counts: { sign_in_hold: 1 }, survivors: [named] }) },
      recordsOf('not-held'),
    );

    await runThrough(run);

    expect(effectAt(run, 'hold_sign_in')).toBeNull();
  });
});

describe('a hold of the sign-in', () => {
  it('is ours where this recovery set it', async () => {
    const run = runOf(countingDirectory({}).directory, recordsOf('our-hold'));
    await runThrough(run);
    expect(heldIn(run)).toBe('p-1');
  });

  it('that somebody else had set before is not ours', async () => {
    const run = runOf(countingDirectory({ signIn: 'held' }).directory, recordsOf('their-hold'));

    await runThrough(run);

    expect(effectAt(run, 'hold_sign_in')?.counts).toEqual({ sign_in_hold: 0 });
    expect(heldIn(run)).toBeNull();
  });

  it('that a call of ours set and did not answer is ours when it is repeated', async () => {
    const { directory } = countingDirectory({});
    let calls = 0;
    const records = recordsOf('unanswered-hold');
    const run = runOf(
      {
        ...directory,
        holdSignIn: async (id, call) => {
          const effect = await directory.holdSignIn(id, call);
          calls += 1;
          if (calls === 1) throw directoryTimeout(1);
          return effect;
        },
      },
      records,
    );
    await runThrough(run);
    expect(heldIn(run)).toBeNull();
    const failed = [...stepsNow(run.snapshot()).values()].filter(({ state }) => state === 'failed');
    records.journal.setStatus('r1', 'completed', null);
    records.journal.retry(
      'r1',
      failed.map(({ name }) => name),
    );

    await runThrough(run);

    expect(heldIn(run)).toBe('p-1');
  });

  it.each([
    ['', (directory: Directory) => directory],
    [
      ', unanswered,',
      (directory: Directory): Directory => ({
        ...directory,
        holdSignIn: async (id, call) => {
          await directory.holdSignIn(id, call);
          throw directoryTimeout(1);
        },
      }),
    ],
  ])('that an earlier recovery of this desk set%s is ours', async (how, first) => {
    const { directory } = countingDirectory({});
    const records = recordsOf(`earlier-hold${how.length}`);
    await runThrough(runOf(first(directory), records, 'r0'));
    records.journal.setStatus('r0', 'failed', null);
    const run = runOf(directory, records, 'r1', 2);

    await runThrough(run);

    expect(heldIn(run)).toBe('p-1');
  });
});
