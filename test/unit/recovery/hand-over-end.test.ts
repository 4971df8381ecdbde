/** Marked done, the desk keeps neither half and the person may sign in again; cut off anywhere, it goes on. */
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { handOverNow } from '../../../electron/recovery/hand-over.ts';
import { markHandedOver } from '../../../electron/recovery/hand-over-end.ts';
import { takeKeystore, takePassphrase } from '../../../electron/recovery/hand-over-leaving.ts';
import { storedResult } from '../../../electron/recovery/engine.ts';
import { participantUnknown } from '../../../electron/participants/directory-errors.ts';
import { HAND_OVER_CHECKS } from '../../../shared/hand-over-rules.ts';
import type { HandOverCheck } from '../../../shared/hand-over-rules.ts';
import { ANNA, BERT, CARL, CutOff, handOverScene } from '../../support/hand-over-scene.ts';
import type { HandOverScene, SceneOptions } from '../../support/hand-over-scene.ts';

const ALL = Object.keys(HAND_OVER_CHECKS) as HandOverCheck[];

async function left(options: SceneOptions = {}): Promise<HandOverScene> {
  const scene = await handOverScene(options);
  await takeKeystore(scene.context(), scene.at, ANNA);
  await takePassphrase(scene.context(), scene.at, BERT);
  return scene;
}

function expectNothingKept(scene: HandOverScene): void {
  expect(existsSync(scene.keystoreFile)).toBe(false);
  expect(scene.records.wallets.kept(scene.wallet)).toBeNull();
  expect([...scene.keychain.entries]).toEqual([]);
}

function followUpCodes(scene: HandOverScene): readonly string[] {
  return storedResult(scene.records, scene.id)?.result.followUps.map(({ code }) => code) ?? [];
}

describe('marking the hand-over done', () => {
  it('keeps neither half, lets the person sign in again, and closes both follow-ups', async () => {
    const scene = await left();
    expect(followUpCodes(scene)).toEqual(expect.arrayContaining(['HAND_OVER_WALLET', 'SIGN_IN_HELD']));

    const ended = await markHandedOver(scene.context(), scene.at, ANNA, ALL);

    expect(ended).toMatchObject({
      view: { state: 'done', signInHeld: false },
      leftAt: null,
      notReleased: null,
    });
    expectNothingKept(scene);
    expect(scene.held()).toBe(false);
    expect(followUpCodes(scene)).not.toContain('HAND_OVER_WALLET');
    expect(followUpCodes(scene)).not.toContain('SIGN_IN_HELD');
    const told = scene.audit().flatMap(({ kind, fields }) => (kind === 'hand_over' ? [fields] : []));
    expect(told.slice(2)).toEqual(
      ['done', 'cleared', 'sign_in_released'].map((what) => ({
        ...scene.at,
        what,
        operatorId: ANNA.operatorId,
        recipient: null,
      })),
    );
  });

  it.each(ALL)('is refused while "%s" is not ticked', async (missing) => {
    const scene = await left();

    const marked = markHandedOver(
      scene.context(),
      scene.at,
      ANNA,
      ALL.filter((check) => check !== missing),
    );

    await expect(marked).rejects.toMatchObject({
      code: 'HAND_OVER_INCOMPLETE',
      message: expect.stringContaining(HAND_OVER_CHECKS[missing]) as string,
    });
    expect(existsSync(scene.keystoreFile)).toBe(true);
    expect(handOverNow(scene.context(), scene.at).view.state).toBe('open');
  });

  it('is refused while a half has not left: nobody could open the wallet any more', async () => {
    const scene = await handOverScene();
    await takeKeystore(scene.context(), scene.at, ANNA);

    const marked = markHandedOver(scene.context(), scene.at, BERT, ALL);

    await expect(marked).rejects.toMatchObject({ code: 'HAND_OVER_INCOMPLETE' });
    expect(scene.wallets()).toHaveLength(1);
    expect(scene.keychain.entries.size).toBe(1);
  });

  it('is refused where both left with one person and policy does not say so any more', async () => {
    const scene = await handOverScene();
    const lenient = { ...scene.context(), policy: { handOverByOne: true } };
    await takeKeystore(lenient, scene.at, ANNA);
    await takePassphrase(lenient, scene.at, ANNA);

    const marked = markHandedOver(scene.context(), scene.at, BERT, ALL);

    await expect(marked).rejects.toMatchObject({ code: 'HAND_OVER_INCOMPLETE' });
  });

  it('gives nothing out any more', async () => {
    const scene = await left();
    await markHandedOver(scene.context(), scene.at, ANNA, ALL);

    for (const take of [takeKeystore, takePassphrase])
      await expect(take(scene.context(), scene.at, ANNA)).rejects.toMatchObject({ code: 'HAND_OVER_DONE' });
  });

  it('twice changes nothing', async () => {
    const scene = await left();
    await markHandedOver(scene.context(), scene.at, ANNA, ALL);
    const before = scene.audit();

    await markHandedOver(scene.context(), scene.at, CARL, []);

    expect(scene.audit()).toEqual(before);
  });

  it('lets go of a wallet whose passphrase somebody chose', async () => {
    const scene = await handOverScene({ kept: false });
    await takeKeystore(scene.context(), scene.at, ANNA);

    const { view } = await markHandedOver(scene.context(), scene.at, ANNA, ALL);

    expect(view.state).toBe('done');
    expectNothingKept(scene);
  });
});

describe('cut off after it was marked', () => {
  it.each([
    ['hand_over:done', false],
    ['hand_over:keystore_removed', false],
    ['hand_over:passphrase_forgotten', false],
    ['hand_over:cleared', true],
    ['hand_over:released', true],
  ])('at %s, another operator goes on to the end without the checklist', async (moment, cleared) => {
    const scene = await left();
    const cut = markHandedOver(scene.context(moment), scene.at, ANNA, ALL);
    await expect(cut).rejects.toBeInstanceOf(CutOff);
    scene.reopen();
    const standing = followUpCodes(scene).filter((code) => code === 'HAND_OVER_WALLET');

    const ended = await markHandedOver(scene.context(), scene.at, CARL, []);

    expect(standing).toHaveLength(cleared ? 0 : 1);
    expect(ended.view).toMatchObject({ state: 'done', signInHeld: false });
    expectNothingKept(scene);
    expect(scene.held()).toBe(false);
    const facts = scene.audit().filter(({ kind }) => kind === 'hand_over');
    expect(facts).toHaveLength(5);
  });
});

describe('what stands in the way of letting go', () => {
  it('is not a retry of failed tokens that has not come to its end', async () => {
    const scene = await left({ status: 'completed_with_token_failures' });
    const cut = markHandedOver(scene.context('hand_over:done'), scene.at, ANNA, ALL);
    await expect(cut).rejects.toBeInstanceOf(CutOff);
    scene.retryStandsStill();

    const { view } = await markHandedOver(scene.context(), scene.at, ANNA, []);

    expect(view.state).toBe('done');
    expectNothingKept(scene);
  });

  it('another directory than the one that holds the sign-in is not asked', async () => {
    const scene = await left();
    const other = { ...scene.records.local.directory, kind: 'keycloak' };

    const ended = await markHandedOver(scene.context(undefined, other), scene.at, ANNA, ALL);

    expect(ended.notReleased).toMatchObject({ code: 'DIRECTORY_DOWN' });
    expect(scene.held()).toBe(true);
  });

  it('a person whom the directory does not know any more holds nothing up', async () => {
    const scene = await left();
    const { directory } = scene.records.local;
    const gone = { ...directory, releaseSignIn: () => Promise.reject(participantUnknown('p-1')) };

    const ended = await markHandedOver(scene.context(undefined, gone), scene.at, ANNA, ALL);

    expect(ended.notReleased).toMatchObject({ code: 'PARTICIPANT_NOT_FOUND' });
    expectNothingKept(scene);
  });

  it('a locked keychain leaves it marked and not cleared, until it is open', async () => {
    const scene = await left();
    scene.keychain.locked = true;
    const marked = markHandedOver(scene.context(), scene.at, ANNA, ALL);
    await expect(marked).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    expect(handOverNow(scene.context(), scene.at).view.state).toBe('clearing');
    expect(scene.held()).toBe(true);

    scene.keychain.locked = false;
    await markHandedOver(scene.context(), scene.at, ANNA, []);

    expectNothingKept(scene);
  });

  it('a folder in place of the keystore is told, and nothing counts as cleared', async () => {
    const scene = await left();
    renameSync(scene.keystoreFile, path.join(scene.folder, 'kept.json'));
    mkdirSync(scene.keystoreFile);
    writeFileSync(path.join(scene.keystoreFile, 'more'), 'x');

    const marked = markHandedOver(scene.context(), scene.at, ANNA, ALL);

    await expect(marked).rejects.toMatchObject({ code: 'HAND_OVER_NOT_CLEARED' });
    expect(handOverNow(scene.context(), scene.at).view.state).toBe('clearing');
  });

  it.skipIf(process.platform === 'win32')(
    'a link in its place is removed, and what it leads to stays',
    async () => {
      const scene = await left();
      const theirs = path.join(scene.folder, 'theirs.json');
      renameSync(scene.keystoreFile, theirs);
      symlinkSync(theirs, scene.keystoreFile);
      const before = readFileSync(theirs, 'utf8');

      await markHandedOver(scene.context(), scene.at, ANNA, ALL);

      expect(readFileSync(theirs, 'utf8')).toBe(before);
      expect(scene.wallets()).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')('a second name of its file is overwritten with it', async () => {
    const scene = await left();
    const copy = path.join(scene.folder, 'copy.json');
    linkSync(scene.keystoreFile, copy);

    await markHandedOver(scene.context(), scene.at, ANNA, ALL);

    expect(readFileSync(copy).includes('crypto')).toBe(false);
  });

  it('a directory that does not release the sign-in is told, holds nothing up, and is asked again', async () => {
    const scene = await left();
    const without = { ...scene.context(), directory: () => null };
    const ended = await markHandedOver(without, scene.at, ANNA, ALL);
    expect(ended.notReleased).toMatchObject({ code: 'DIRECTORY_DOWN' });
    expectNothingKept(scene);
    expect(followUpCodes(scene)).toContain('SIGN_IN_HELD');

    const again = await markHandedOver(scene.context(), scene.at, ANNA, []);

    expect(again).toMatchObject({ view: { state: 'done', signInHeld: false }, notReleased: null });
    expect(scene.held()).toBe(false);
  });
});
