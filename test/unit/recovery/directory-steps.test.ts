import { describe, expect, it, onTestFinished } from 'vitest';
import { openRecords } from '../../../electron/records.ts';
import { directorySteps } from '../../../electron/recovery/directory-plan.ts';
import { besideChain } from '../../../electron/recovery/directory-steps.ts';
import { stepsNow } from '../../../electron/recovery/engine-context.ts';
import type { Run } from '../../../electron/recovery/engine-context.ts';
import type { Directory } from '../../../electron/recovery/needs.ts';
import { DIRECTORY_ACTIONS } from '../../../shared/directory-actions.ts';
import type { Access } from '../../../shared/directory.ts';
import type { Plan } from '../../../shared/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TIME, sampleCase, samplePlan, sampleRecovery } from '../store/records.ts';

const base = temporaryFolder('directory-steps');

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

/** A recovery in a real journal, whose plan was made while the directory did not answer. */
function runOf(directory: Directory): Run {
  const records = openRecords(base);
  onTestFinished(() => records.close());
  const plan: Plan = {
    ...samplePlan(),
    directory: { kind: directory.kind, participantId: null, actions: [...DIRECTORY_ACTIONS] },
  };
  const steps = (['revoke_sessions', 'link_participant', 'reset_mfa'] as const).flatMap((phase) =>
    directorySteps(plan, phase),
  );
  records.cases.insert('case-1', sampleCase, 'p-1', TIME);
  records.journal.begin({ ...sampleRecovery('r1'), plan, steps });
  const { journal, previews } = records;
  const snapshot = () => {
    const read = journal.read('r1');
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
  return { id: 'r1', plan, context, snapshot } as unknown as Run;
}

describe('the steps at a directory that was away when the plan was made', () => {
  it('are all about the person whom the first of them found, whatever the link did to the record', async () => {
    const { directory, reset } = directoryOfOneWallet();
    const run = runOf(directory);

    const beside = besideChain(run);
    beside.linked();
    await beside.settled();

    expect(reset).toEqual(['p-1']);
    const states = [...stepsNow(run.snapshot()).values()].map(({ state }) => state);
    expect(states).toEqual(['done', 'done', 'done', 'done', 'done']);
  });
});
