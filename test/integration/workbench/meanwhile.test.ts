import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmationText } from '../../../shared/plan.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { key, openHands } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const REFUSED = { ok: false, error: { code: 'WIZARD_ELSEWHERE' } };
const CASE = {
  reason: 'lost',
  ticket: 'CASE-21',
  identifiedBy: 'A. Clerk',
  identifiedHow: 'in person, with a passport',
  evidence: [],
} as const;
const EVERYBODY = {
  text: '',
  state: null,
  sort: 'name',
  direction: 'ascending',
  offset: 0,
  limit: 10,
} as const;

let desk: PracticeDesk;
let hands: Hands;
let network: string;
/** Called once a recovery is recorded, before it is worked on. */
let atBegun: () => void;

beforeAll(async () => {
  desk = await openPracticeDesk();
});
afterAll(() => desk.close());

/** A desk that works on a network of its own settings, as on a real one, with its operator signed in. */
beforeEach(async () => {
  atBegun = () => undefined;
  hands = openHands({
    data: desk.freshData(),
    checkpoint: (name) => (name === 'begun' ? atBegun() : undefined),
  });
  network = await added(desk.network.files.network);
  await hands.get('networks.choose', { key: key(), id: network });
  hands.files.push(desk.network.files.operator.keystore);
  hands.typed.push(readFileSync(desk.network.files.operator.passphrase, 'utf8').trimEnd());
  await hands.get('operator.signIn', { key: key() });
});
afterEach(() => hands.close());

/** @returns the id of the network. */
async function added(profile: string): Promise<string> {
  hands.files.push(profile);
  const { networks } = await hands.get('networks.add', { key: key() });
  return networks.at(-1)?.id ?? '';
}

async function peopleChosen(): Promise<void> {
  hands.files.push(desk.network.files.participants);
  await hands.get('participants.chooseFile', { key: key() });
}

/** Begins a recovery to a wallet that the desk makes. */
async function begun(person: string): Promise<void> {
  await hands.get('wizard.begin', { participantId: person, wallet: null });
  const previewed = await hands.get('wizard.setCase', { case: { ...CASE, evidence: [] } });
  const digest = previewed.step === 'preview' ? previewed.read.digest : '0x';
  await hands.get('wizard.impact', { digest });
  hands.typed.push('a long enough passphrase');
  const choice = { kind: 'generate' as const };
  const chosen = await hands.get('wizard.chooseReplacement', {
    key: key(),
    digest,
    holdReference: null,
    choice,
  });
  if (chosen.step !== 'impact' || chosen.planned === null) throw new Error('no plan was made');
  hands.typed.push(confirmationText(chosen.planned.plan));
  await hands.get('wizard.confirm', { key: key(), planDigest: chosen.planned.digest });
}

describe('while a file dialog is open', () => {
  it('a recovery may be begun, and what is chosen then touches neither it nor its network', async () => {
    const [participants, profile] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    await peopleChosen();
    hands.files.push(participants.promise, profile.promise);
    const choosing = hands.ask('participants.chooseFile', { key: key() });
    const adding = hands.ask('networks.add', { key: key() });
    await begun('wim-de-groot');

    participants.resolve(desk.network.files.participants);
    profile.resolve(desk.network.files.network);

    expect(await choosing).toMatchObject(REFUSED);
    expect(await adding).toMatchObject(REFUSED);
    expect((await hands.reached('summary')).result).toMatchObject({ status: 'completed' });
  });

  it('another network may be chosen, and its people stay its own', async () => {
    const file = Promise.withResolvers<string>();
    hands.files.push(file.promise);
    const choosing = hands.ask('participants.chooseFile', { key: key() });
    await hands.get('networks.choose', { key: key(), id: network });

    file.resolve(desk.network.files.participants);

    expect(await choosing).toMatchObject(REFUSED);
    expect((await hands.get('desk.state', {})).participantsFile).toBeNull();
  });
});

describe('while a network is connected to', () => {
  it('who signs out is signed out, also where the file of its people was chosen before', async () => {
    hands.files.push(desk.network.files.participants);
    const connecting = hands.connection('connecting');
    const choosing = hands.get('participants.chooseFile', { key: key() });
    await connecting;

    await hands.get('operator.signOut', { key: key() });

    expect((await choosing).operator).toBeNull();
    expect(await hands.ask('participants.search', EVERYBODY)).toMatchObject({
      ok: false,
      error: { code: 'RIGHT_MISSING' },
    });
  });
});

describe('a recovery that is being begun', () => {
  it('counts as work that is not dropped, and who stops it waits until it has stopped', async () => {
    const { bench } = hands;
    const busy: boolean[] = [];
    let stopping: Promise<unknown> = Promise.resolve();
    atBegun = () => {
      busy.push(bench.busy());
      stopping = bench.stopSafely().then(() => busy.push(bench.busy()));
    };

    await peopleChosen();
    await begun('jonas-weir');
    await stopping;

    expect(busy).toEqual([true, false]);
    expect(bench.ended()).toBe(true);
    expect((await hands.reached('summary')).result).toMatchObject({ status: 'cancelled' });
  });
});

describe('of two networks that are chosen one upon the other', () => {
  /** @returns the id of a network that differs in name alone. */
  async function named(name: string): Promise<string> {
    const file = path.join(hands.data, `${name}.json`);
    writeFileSync(file, JSON.stringify({ ...desk.network.profile, name }));
    return added(file);
  }

  it('the later one is worked on, however long the one before both takes to be left', async () => {
    const [earlier, later] = [await named('Earlier'), await named('Later')];
    await hands.get('practice.open', { key: key() });

    await Promise.all([earlier, later].map((id) => hands.get('networks.choose', { key: key(), id })));

    const { connection, networks } = await hands.get('desk.state', {});
    expect(connection).toMatchObject({ status: 'connected', name: 'Later' });
    expect(networks.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['Later']);
  });

  it('the practice network may be both: it opens once it has been left', async () => {
    await hands.get('practice.open', { key: key() });
    const leaving = hands.get('practice.close', { key: key() });

    const opened = await hands.get('practice.open', { key: key() });

    await leaving;
    expect(opened).toMatchObject({
      connection: { status: 'connected', practice: true },
      operator: { identityManager: true },
    });
  });
});
