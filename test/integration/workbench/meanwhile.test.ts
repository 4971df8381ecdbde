import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openNetworkHands } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { key } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const REFUSED = { ok: false, error: { code: 'WIZARD_ELSEWHERE' } };
const EVERYBODY = {
  text: '',
  state: null,
  sort: 'name',
  direction: 'ascending',
  offset: 0,
  limit: 10,
} as const;

let desk: PracticeDesk;
let scene: NetworkHands;
let hands: Hands;
/** Called once a recovery is recorded, before it is worked on. */
let atBegun: () => void;

beforeAll(async () => {
  desk = await openPracticeDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  atBegun = () => undefined;
  scene = await openNetworkHands(desk, (name) => (name === 'begun' ? atBegun() : undefined));
  ({ hands } = scene);
});
afterEach(() => hands.close());

describe('while a file dialog is open', () => {
  it('a recovery may be begun, and what is chosen then touches neither it nor its network', async () => {
    const [participants, profile] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    await scene.peopleChosen();
    hands.files.push(participants.promise, profile.promise);
    const choosing = hands.ask('participants.chooseFile', { key: key() });
    const adding = hands.ask('networks.add', { key: key() });
    await scene.begun('wim-de-groot');

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
    await hands.get('networks.choose', { key: key(), id: scene.network });

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

    await scene.peopleChosen();
    await scene.begun('jonas-weir');
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
    return scene.added(file);
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
