import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { holderWallet } from '../../electron/practice/practice-holder.ts';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import { openPracticeNetwork, type PracticeNetwork } from '../../electron/practice/practice-network.ts';
import { withoutKeychain } from '../support/desk-policy.ts';
import { DeskRun, ONLY_CHROMIUM, RUNTIME } from '../support/e2e-desk.ts';
import { chooseFile, proofField, step, toEntry, toPreview, typeConfirmation } from '../support/e2e-hands.ts';
import { toPlanByHolder } from '../support/e2e-network.ts';
import {
  endForm,
  enterPassphrase,
  NEW_PASSPHRASE,
  setUpFromKeystore,
  signInAs,
  signInButton,
} from '../support/e2e-operators.ts';
import { askNode, countedEffects, goOnMining, holdMining, personNamed } from '../support/e2e-practice.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { renderersOf } from '../support/e2e-processes.ts';
import { readJournalFile, type JournalFile } from '../support/journal-file.ts';
import { startNodeProxy, type NodeProxy } from '../support/node-proxy.ts';

/**
 * One recovery on a network of the desk's own choosing. Its endpoint (a double before the real node) falls silent at a
 * phase; there the renderer is killed, then main; the next desk goes on until the next phase.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const PHASES = ['contain', 'create_identity', 'recover_identity', 'recover_tokens', 'verify'] as const;
type Phase = (typeof PHASES)[number];

const OPERATOR = 'Ada Lovelace';
const WHOSE = { name: 'Luca Ferri', reason: /somebody else may have the key/iu } as const;

const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-kill-'));
const data = path.join(folder, 'data');
const profileFile = path.join(folder, 'profile.json');
const profileAway = path.join(folder, 'profile.away.json');
let network: PracticeNetwork;
let proxy: NodeProxy;
let desk: DeskRun;
let fromBlock = 0;
/** Whether the journal holds a recovery yet. */
let begun = false;

/** Where the endpoint falls silent, and what is told when it does. */
let silence: {
  readonly at: Phase;
  readonly fallen: PromiseWithResolvers<void>;
  readonly over: Promise<void>;
} | null = null;
let endSilence: () => void = () => undefined;

function armSilence(at: Phase): Promise<void> {
  const over = Promise.withResolvers<void>();
  endSilence = () => {
    silence = null;
    over.resolve();
  };
  silence = { at, fallen: Promise.withResolvers<void>(), over: over.promise };
  return silence.fallen.promise;
}

/** Phases that are under way together, and of which either may end first. */
const TOGETHER: readonly Phase[] = ['contain', 'create_identity'];

function stepsOnChain(): JournalFile['steps'] {
  if (!begun) return [];
  const { recovery, steps, transactions } = readJournalFile(data);
  return recovery.noReturnAt === null || transactions.every((row) => row.hash === null) ? [] : steps;
}

/** Whether the running recovery has begun with a phase. */
function hasReached(phase: Phase): boolean {
  return stepsOnChain().some((row) => row.phase === phase && row.state !== 'pending');
}

/** Whether it is there still: that phase, or one beside it, has not ended, and none that comes after has begun. */
function standsAt(phase: Phase): boolean {
  const beside = TOGETHER.includes(phase) ? TOGETHER : [phase];
  const after = PHASES.slice(PHASES.indexOf(phase) + 1).filter((later) => !beside.includes(later));
  const open = stepsOnChain().some(
    (row) => beside.some((one) => one === row.phase) && (row.state === 'pending' || row.state === 'running'),
  );
  return hasReached(phase) && open && !after.some(hasReached);
}

test.beforeAll(async () => {
  network = await openPracticeNetwork({ folder: path.join(folder, 'network') });
  proxy = await startNodeProxy(network.node.url, async () => {
    if (silence !== null && hasReached(silence.at)) {
      silence.fallen.resolve();
      await silence.over;
    }
    return 'pass' as const;
  });
  const { practice: _mark, ...profile } = network.profile;
  writeFileSync(profileFile, JSON.stringify({ ...profile, name: 'A network of ours', rpcUrls: [proxy.url] }));
  withoutKeychain(data);
  desk = new DeskRun({ data });
});
test.afterAll(async () => {
  endSilence();
  await desk.stop();
  await proxy.stop();
  await network.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A desk that starts without its profile says so, and connects once the file is back. */
async function expectConnectable(page: Page): Promise<void> {
  const standing = page.getByRole('status').filter({ hasText: profileFile });
  await expect(standing).toContainText('is not connected');
  const looks = new AccessibilityFaults();
  await looks.look(desk, page, 'not connected');
  expect(looks.result.faults).toEqual([]);
  renameSync(profileAway, profileFile);
  await page.getByRole('button', { name: 'Try again' }).click();
}

test('a network of one’s own is added, whose operator signs in by passphrase, and a recovery begun on it', async () => {
  const looks = new AccessibilityFaults();
  const page = await desk.page();
  await looks.look(desk, page, 'start');
  await page.getByRole('button', { name: 'Add a network profile' }).click();
  await chooseFile(desk, profileFile);
  await page.getByRole('button', { name: 'Use A network of ours' }).click();
  await setUpFromKeystore(desk, page, OPERATOR, network.files.operator);
  await looks.look(desk, page, 'sign in');
  await signInButton(page, OPERATOR).click();
  const asked = await desk.entry();
  await looks.look(desk, asked, 'passphrase');
  await enterPassphrase(asked, NEW_PASSPHRASE);
  expect(looks.result).toEqual({ looked: ['start', 'sign in', 'passphrase'], faults: [] });
  await page.getByRole('button', { name: 'Choose participants file' }).click();
  await chooseFile(desk, network.files.participants);
  await expect(page.getByText('From participants.json')).toBeVisible();

  await toPreview(page, WHOSE);
  await toPlanByHolder(page, network, WHOSE.name);
  fromBlock = Number(await askNode(network.node.url, 'eth_blockNumber'));
  const entry = await toEntry(desk, page);
  // The chain is still until the journal holds the recovery: from there on every request can be judged by it.
  await holdMining(network.node.url);
  await typeConfirmation(entry, NEW_PASSPHRASE);
  await expect(step(page, 'progress')).toBeVisible();
  begun = true;
  const fallen = armSilence('contain');
  await fallen;
  await goOnMining(network.node.url);
});

for (const [index, phase] of PHASES.entries()) {
  test(`SIGKILL of the renderer at ${phase} brings the progress back by itself`, async () => {
    expect(standsAt(phase)).toBe(true);
    const renderers = renderersOf(desk.pid);
    expect(renderers.length).toBeGreaterThan(0);

    for (const pid of renderers) process.kill(pid, 'SIGKILL');

    const page = await desk.returned();
    await expect(step(page, 'progress')).toContainText(`Recovering ${WHOSE.name}`);
    await expect(page.getByRole('navigation')).toHaveCount(0);
    expect(standsAt(phase)).toBe(true);
  });

  test(`SIGKILL of main at ${phase} comes back on the progress, from where it is resumed`, async () => {
    await desk.kill();
    expect(standsAt(phase)).toBe(true);
    endSilence();

    if (index === 0) renameSync(profileFile, profileAway);
    desk = new DeskRun({ data });

    const page = await desk.page();
    await expect(step(page, 'progress')).toContainText(`Recovering ${WHOSE.name}`);
    await expect(page.getByRole('navigation')).toHaveCount(0);
    if (index === 0) await expectConnectable(page);
    await signInAs(desk, page, OPERATOR);
    await page.getByRole('button', { name: 'Resume' }).click();
    const entry = await desk.entry();
    await proofField(entry).fill(NEW_PASSPHRASE);
    const next = PHASES[index + 1];
    // From here on: the next phase may have been begun with this one, and what the desk asks before is answered.
    const fallen = next === undefined ? Promise.resolve() : armSilence(next);
    await endForm(entry);
    await fallen;
  });
}

test('the recovery so often cut off is complete, and did nothing twice', async () => {
  const page = await desk.page();
  await expect(step(page, 'summary')).toContainText('4 of 4', { timeout: 60_000 });
  const person = personNamed(network.seed, WHOSE.name);
  const effects = await countedEffects({
    url: network.node.url,
    seedFile: network.files.seed,
    lost: person.lostWallet ?? '',
    replacement: holderWallet(person),
    operator: practiceAddress(PRACTICE_ROLES.operator),
    fromBlock,
  });
  expect(effects).toMatchObject({
    identityCreated: 1,
    identityRecovered: 1,
    linked: 1,
    failed: 0,
    repeatedCalls: 0,
  });
  const held = new Map(person.holdings.map((holding) => [holding.token as string, holding.amount]));
  for (const { token, recovered, amount, freezesOfLost, freezesOfReplacement } of effects.tokens) {
    const own = held.get(token);
    const times = own === undefined ? 0 : 1;
    expect({ token, recovered, amount }).toEqual({ token, recovered: times, amount: own ?? '0' });
    expect({ token, set: freezesOfLost.set, lifted: freezesOfReplacement.lifted }).toEqual({
      token,
      set: times,
      lifted: times,
    });
  }
});
