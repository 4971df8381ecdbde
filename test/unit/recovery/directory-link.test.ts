/** Several lost wallets of one person: each is tied to its replacement at the desk's own directory, over real records. */
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openRecords } from '../../../electron/records.ts';
import { directoryDown } from '../../../electron/participants/directory-errors.ts';
import type { ParticipantDirectory, WalletLink } from '../../../electron/participants/directory.ts';
import { directorySteps } from '../../../electron/recovery/directory-plan.ts';
import { besideChain } from '../../../electron/recovery/directory-steps.ts';
import { stepsNow } from '../../../electron/recovery/engine-context.ts';
import type { Run } from '../../../electron/recovery/engine-context.ts';
import type { Address } from '../../../shared/address.ts';
import { DIRECTORY_ACTIONS } from '../../../shared/directory-actions.ts';
import type { Participant } from '../../../shared/participant.ts';
import type { Plan, PlannedWallet, PlanStep } from '../../../shared/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { OPERATOR, address, sampleCase, samplePlan, samplePreview } from '../store/records.ts';

const base = temporaryFolder('directory-link');

const [LOST_1, LOST_2, LOST_3] = [address(1), address(2), address(3)];
const [NEW_1, NEW_2, NEW_3] = [address(0x11), address(0x12), address(0x13)];
const HEALTHY = address(0x99);
const LINK = `link_participant:${LOST_1}`;

type Pair = readonly [lost: Address, replacement: Address];

function planned([lostWallet, replacement]: Pair): PlannedWallet {
  const { country, oldIdentity, replacement: sample, adopts, tokens } = samplePlan();
  return {
    lostWallet,
    country,
    oldIdentity,
    replacement: { ...sample, address: replacement },
    adopts,
    tokens,
  };
}

function relink(lost: Address): PlanStep {
  return {
    name: `recover_identity:${lost}`,
    phase: 'recover_identity',
    role: 'relink',
    token: null,
    wallet: lost,
    right: 'identityManager',
    signer: OPERATOR,
    call: { to: address(0x5), data: '0x' },
  };
}

function wallet(one: Address, over: { readonly effective?: true; readonly lost?: true } = {}) {
  return { address: one, effective: false, ...over };
}

interface SceneOptions {
  readonly pairs: readonly [Pair, ...Pair[]];
  readonly wallets: Participant['wallets'];
  /** Lost wallets whose steps on chain failed; else they are done. */
  readonly failed?: readonly Address[];
  /** null: the directory did not answer when the plan was made. */
  readonly participantId?: string | null;
  readonly changed?: (directory: ParticipantDirectory) => ParticipantDirectory;
}

/** @param options of a recovery whose chain part is through. */
function scene(options: SceneOptions) {
  const { pairs, wallets, failed = [], participantId = 'p-1', changed = (same) => same } = options;
  const records = openRecords(mkdtempSync(path.join(base, 'data-')));
  onTestFinished(() => records.close());
  const { journal, previews, local } = records;
  local.people.put({ id: 'p-1', name: null, source: 'directory', wallets });
  const [first, ...rest] = pairs;
  const steps = pairs.map(([lost]) => relink(lost));
  const plan: Plan = {
    ...samplePlan(),
    ...planned(first),
    ...(rest.length === 0 ? {} : { further: rest.map(planned) }),
    steps,
    directory: { kind: 'local', participantId, actions: [...DIRECTORY_ACTIONS] },
  };
  records.cases.insert('case-1', sampleCase, 'p-1', plan.createdAt);
  const rows = [
    ...steps.map(({ name, phase }) => ({ name, phase })),
    ...directorySteps(plan, 'link_participant'),
  ];
  const preview = samplePreview();
  journal.begin({
    id: 'r1',
    caseId: 'case-1',
    plan,
    preview,
    operator: OPERATOR,
    profile: null,
    steps: rows,
  });
  for (const { name, wallet: lost } of steps) {
    journal.startStep('r1', name, 1, null);
    const end = failed.includes(lost)
      ? ({ state: 'failed', reason: 'UNKNOWN' } as const)
      : ({ state: 'done', outcome: null } as const);
    journal.finishStep('r1', name, 1, end);
  }
  const asked: WalletLink[] = [];
  const directory = changed({
    ...local.directory,
    linkWallet: (id, link, call) => {
      asked.push(link);
      return local.directory.linkWallet(id, link, call);
    },
  });
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
  return {
    asked,
    records,
    walletsNow: () => local.people.get('p-1')?.wallets,
    link: () => stepsNow(snapshot()).get(LINK),
    run: async () => {
      const beside = besideChain({ id: 'r1', plan, context, snapshot } as unknown as Run);
      beside.linked();
      await beside.settled();
    },
    again: () => journal.retry('r1', [LINK]),
  };
}

describe('the wallets of a person at the directory', () => {
  it('are replaced each; the one in use by the effective one, and healthy ones are as they were', async () => {
    const { run, link, asked, walletsNow } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1), wallet(HEALTHY), wallet(LOST_2, { effective: true })],
    });

    await run();

    expect(link()).toMatchObject({ state: 'done', outcome: { counts: { wallet_link: 2 }, survivors: [] } });
    expect(asked).toEqual([
      { lost: LOST_2, replacement: NEW_2, effective: true },
      { lost: LOST_1, replacement: NEW_1, effective: false },
    ]);
    expect(walletsNow()).toEqual([
      wallet(LOST_1, { lost: true }),
      wallet(HEALTHY),
      wallet(LOST_2, { lost: true }),
      wallet(NEW_2, { effective: true }),
      wallet(NEW_1),
    ]);
  });

  it('have the replacement of the plan’s first as the effective one where none of the lost ones was in use', async () => {
    const { run, walletsNow } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1), wallet(LOST_2), wallet(HEALTHY, { effective: true })],
    });

    await run();

    expect(walletsNow()?.filter(({ effective }) => effective)).toEqual([wallet(NEW_1, { effective: true })]);
    expect(walletsNow()).toContainEqual(wallet(HEALTHY));
  });

  it.each([
    ['in use by the one lost first', LOST_1],
    ['in use by the one lost last', LOST_2],
  ])(
    'end where the last hop leads, with the record %s: what was lost in turn is never in use',
    async (_, used) => {
      const { run, link, walletsNow } = scene({
        pairs: [
          [LOST_1, LOST_2],
          [LOST_2, NEW_2],
          [LOST_3, NEW_3],
        ],
        wallets: [LOST_1, LOST_2, LOST_3].map((one) => wallet(one, one === used ? { effective: true } : {})),
      });

      await run();

      expect(link()).toMatchObject({ state: 'done', outcome: { counts: { wallet_link: 3 } } });
      const now = walletsNow() ?? [];
      expect(now.filter(({ lost }) => lost)).toEqual(
        [LOST_1, LOST_2, LOST_3].map((one) => wallet(one, { lost: true })),
      );
      expect(now.filter(({ lost }) => lost !== true)).toEqual(
        expect.arrayContaining([wallet(NEW_2, { effective: true }), wallet(NEW_3)]),
      );
    },
  );

  it('cut off between two, are all linked by a resume, which finds the same one in use', async () => {
    let down = true;
    const { run, link, again, asked, walletsNow } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
        [LOST_3, NEW_3],
      ],
      wallets: [wallet(LOST_1), wallet(LOST_2, { effective: true }), wallet(LOST_3)],
      changed: (directory) => ({
        ...directory,
        linkWallet: (id, wanted, call) =>
          down && wanted.lost === LOST_3
            ? Promise.reject(directoryDown('it went away'))
            : directory.linkWallet(id, wanted, call),
      }),
    });
    await run();
    expect(link()).toMatchObject({ state: 'failed', reason: 'DIRECTORY_DOWN' });
    down = false;

    again();
    await run();

    expect(link()).toMatchObject({ state: 'done', outcome: { counts: { wallet_link: 3 } } });
    expect(asked.filter(({ effective }) => effective)).toEqual([
      { lost: LOST_2, replacement: NEW_2, effective: true },
      { lost: LOST_2, replacement: NEW_2, effective: true },
    ]);
    expect(walletsNow()).toEqual([
      wallet(LOST_1, { lost: true }),
      wallet(LOST_2, { lost: true }),
      wallet(LOST_3, { lost: true }),
      wallet(NEW_2, { effective: true }),
      wallet(NEW_1),
      wallet(NEW_3),
    ]);
  });

  it('are not said to be replaced before the chain says so, and are when a resume finds them recovered', async () => {
    const { run, link, again, walletsNow, records } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1, { effective: true }), wallet(LOST_2)],
      failed: [LOST_2],
    });

    await run();

    expect(link()).toMatchObject({
      state: 'failed',
      reason: 'WALLET_NOT_RECOVERED',
      message: expect.stringContaining(LOST_2) as string,
    });
    expect(walletsNow()).toEqual([
      wallet(LOST_1, { lost: true }),
      wallet(LOST_2),
      wallet(NEW_1, { effective: true }),
    ]);
    const { journal } = records;
    const name = `recover_identity:${LOST_2}`;
    journal.retry('r1', [name]);
    journal.startStep('r1', name, 2, null);
    journal.finishStep('r1', name, 2, { state: 'done', outcome: null });

    again();
    await run();

    expect(link()).toMatchObject({ state: 'done', outcome: { counts: { wallet_link: 2 } } });
    expect(walletsNow()).toContainEqual(wallet(NEW_2));
  });

  it('are left as they were where none is recovered that the one in use leads to', async () => {
    const { run, walletsNow, asked } = scene({
      pairs: [
        [LOST_1, LOST_2],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1, { effective: true }), wallet(LOST_2)],
      failed: [LOST_2],
    });

    await run();

    expect(asked).toEqual([]);
    expect(walletsNow()).toEqual([wallet(LOST_1, { effective: true }), wallet(LOST_2)]);
  });

  it.each([
    ['the replacement of a further one', (link: WalletLink) => link.lost === LOST_2],
    ['the replacement of the one in use', (link: WalletLink) => link.lost === LOST_1],
  ])('are not believed to be linked where the directory does not show %s', async (_what, isLiedAbout) => {
    const { run, link } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1, { effective: true }), wallet(LOST_2)],
      changed: (directory) => ({
        ...directory,
        linkWallet: async (id, wanted, call) =>
          isLiedAbout(wanted)
            ? { counts: { wallet_link: 1 }, survivors: [] }
            : directory.linkWallet(id, wanted, call),
      }),
    });

    await run();

    expect(link()).toMatchObject({ state: 'failed', reason: 'DIRECTORY_GARBAGE' });
  });

  it('are not believed to be linked where the directory does not show a lost one as lost', async () => {
    const { run, link } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1, { effective: true }), wallet(LOST_2)],
      changed: (directory) => ({
        ...directory,
        async get(id, call) {
          const person = await directory.get(id, call);
          const shown = person?.wallets.map((one) => (one.address === LOST_2 ? wallet(LOST_2) : one)) ?? [];
          return person === null ? null : { ...person, wallets: shown };
        },
      }),
    });

    await run();

    expect(link()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(`${LOST_2} as lost`) as string,
    });
  });

  it('are found by any of the lost ones where the directory was away when the plan was made', async () => {
    const { run, link, walletsNow } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_2, { effective: true })],
      participantId: null,
    });

    await run();

    expect(link()).toMatchObject({ state: 'done', outcome: { participantId: 'p-1' } });
    expect(walletsNow()?.find(({ effective }) => effective)?.address).toBe(NEW_2);
  });

  it('are not taken from somebody else: whose it is is told, and the others are linked', async () => {
    const { run, link, walletsNow, records } = scene({
      pairs: [
        [LOST_1, NEW_1],
        [LOST_2, NEW_2],
      ],
      wallets: [wallet(LOST_1, { effective: true })],
      participantId: null,
    });
    const theirs = { id: 'p-2', name: null, source: 'directory' as const, wallets: [wallet(LOST_2)] };
    records.local.people.put(theirs);

    await run();

    expect(link()).toMatchObject({
      state: 'failed',
      reason: 'DIRECTORY_WALLET_TAKEN',
      message: expect.stringContaining('"p-2"') as string,
    });
    expect(records.local.people.get('p-2')).toEqual(theirs);
    expect(walletsNow()).toContainEqual(wallet(NEW_1, { effective: true }));
  });
});
