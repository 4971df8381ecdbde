/** The people of the practice network in the window: imported, exported, edited, recovered, and let in again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAddress } from '../../../shared/address.ts';
import { begun } from '../../support/network-hands.ts';
import { key, openHands, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const NEW = toAddress(`0x${'0e'.repeat(20)}`);

let data: string;
let hands: Hands;

beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'recovery-desk-people-'));
  hands = openHands({ data });
  await hands.get('practice.open', { key: key() });
});
afterAll(async () => {
  await hands.close();
  rmSync(data, { recursive: true, force: true });
});

const named = (participantId: string) => ({ participantId, wallet: null });
const all = {
  text: '',
  state: null,
  sort: 'id' as const,
  direction: 'ascending' as const,
  offset: 0,
  limit: 100,
};

function file(text: string): string {
  const at = path.join(data, 'people.csv');
  writeFileSync(at, text);
  return at;
}

async function prepared(text: string) {
  hands.files.push(file(text));
  const shown = await hands.get('participants.prepareImport', {
    key: key(),
    again: null,
    removeMissing: false,
  });
  if (shown === null) throw new Error('nothing was shown');
  return shown;
}

describe('the people of a desk in the window', () => {
  it('are those of its own directory on the practice network, with what they sign in with', async () => {
    expect(await hands.get('desk.state', {})).toMatchObject({ directory: 'local', participantsFile: null });

    const detail = await hands.get('participants.get', named('maren-holt'));

    expect(detail.directory).toMatchObject({ answers: true, access: { sessions: 3, signIn: 'open' } });
    expect(detail.record).not.toBeNull();
  });

  it('are imported after what will change was shown, and are there at once', async () => {
    const { known } = await hands.get('participants.search', all);
    const shown = await prepared(`id,name,wallets\nnew-hand,New Hand,${NEW}\nwim-de-groot,Wim,\n`);
    expect(shown).toMatchObject({ added: 1, changed: 1, missing: known - 1, errorCount: 0 });
    expect((await hands.get('participants.search', all)).known).toBe(known);

    // The page alone: the window opens, and nobody types.
    const alone = await hands.ask('participants.applyImport', { key: key(), digest: shown.digest });
    expect(alone).toMatchObject({ ok: false, error: { code: 'ENTRY_CANCELLED' } });
    expect((await hands.get('participants.search', all)).known).toBe(known);

    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('participants.applyImport', { key: key(), digest: shown.digest });

    expect(hands.shown.at(-1)).toMatchObject({
      title: 'Import people',
      practice: true,
      facts: [
        ['File', 'people.csv'],
        ['New', '1'],
        ['Changed', '1'],
        ['As they are', '0'],
        ['Not in the file', `${known - 1}, who stay`],
        ['Line 3', expect.stringContaining('Wim (wim-de-groot) changes: the name Wim de Groot becomes Wim')],
        ['Line 2', 'New Hand (new-hand) is new: 1 wallet'],
      ],
      fields: [{ name: 'proof' }],
    });
    const after = await hands.get('participants.search', { ...all, text: 'new hand' });
    expect(after).toMatchObject({
      known: known + 1,
      found: 1,
      rows: [{ id: 'new-hand', effectiveWallet: NEW }],
    });
    // Nobody lost what the file says nothing of.
    expect((await hands.get('participants.get', named('maren-holt'))).wallets).toHaveLength(1);
  });

  it('are shown once more with those who are missing gone, from the same file, when that is asked for', async () => {
    const shown = await prepared('id,wallets\nnew-hand,\n');
    const again = await hands.get('participants.prepareImport', {
      key: key(),
      again: shown.digest,
      removeMissing: true,
    });

    expect(again?.digest).not.toBe(shown.digest);
    expect(again).toMatchObject({ removesMissing: true, missing: shown.missing });
    expect(again?.changes.some(({ kind }) => kind === 'removed')).toBe(true);
    // What was shown before is not shown any more.
    const old = await hands.ask('participants.applyImport', { key: key(), digest: shown.digest });
    expect(old).toMatchObject({ ok: false, error: { code: 'PARTICIPANTS_CHANGED' } });
  });

  it('with wrong lines, or a changed mind, are not imported', async () => {
    const shown = await prepared('id,wallets\nnew-hand,0x1\n');
    expect(shown.errors).toMatchObject([{ line: 2 }]);
    const windows = hands.shown.length;
    const refused = await hands.ask('participants.applyImport', { key: key(), digest: shown.digest });
    expect(hands.shown).toHaveLength(windows);
    expect(refused).toMatchObject({ ok: false, error: { code: 'PARTICIPANTS_INVALID' } });
    hands.files.push(null);
    const none = { key: key(), again: null, removeMissing: false };
    expect(await hands.get('participants.prepareImport', none)).toBeNull();
  });

  it('are exported to a file that changes nothing when it is imported', async () => {
    expect(await hands.get('participants.export', { key: key(), format: 'csv' })).toEqual({
      fileName: 'participants.csv',
    });

    const shown = await prepared(hands.saved.get('participants.csv') ?? '');

    expect(shown).toMatchObject({ added: 0, changed: 0, missing: 0, errorCount: 0 });
  });

  it('are written to no file once the desk is locked, though the place was chosen before', async () => {
    hands.saved.clear();
    hands.meanwhile.push(() => hands.bench.lockNow('screen_lock'));

    const refused = await hands.ask('participants.export', { key: key(), format: 'json' });

    expect(refused).toMatchObject({ ok: false, error: { code: 'DESK_LOCKED' } });
    expect(hands.saved.size).toBe(0);
    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('operator.unlock', { key: key() });
  });

  it('are edited as they were shown, and by nobody who was shown them otherwise', async () => {
    const before = await hands.get('participants.get', named('bruno-alves'));
    const wallets = before.wallets.map(({ address }) => address);
    const edit = {
      id: 'bruno-alves',
      record: before.record ?? '0x',
      name: 'Bruno A.',
      wallets: [...wallets, toAddress(`0x${'0b'.repeat(20)}`)],
      effectiveWallet: wallets[0] ?? null,
    };

    // The page alone: the window opens, and nobody types.
    const alone = await hands.ask('participants.edit', { key: key(), ...edit });
    expect(alone).toMatchObject({ ok: false, error: { code: 'ENTRY_CANCELLED' } });
    expect((await hands.get('participants.get', named('bruno-alves'))).record).toBe(before.record);

    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('participants.edit', { key: key(), ...edit });

    expect(hands.shown.at(-1)).toMatchObject({
      title: 'Change the record of a person',
      practice: true,
      facts: [
        ['Person', 'Bruno Alves'],
        ['Known as', 'bruno-alves'],
        ['Name', 'Bruno Alves becomes Bruno A.'],
        ['Wallet added', edit.wallets[1]],
        ['Wallet in use', `${wallets[0] ?? ''}, as before`],
      ],
      fields: [{ name: 'proof' }],
    });
    const after = await hands.get('participants.get', named('bruno-alves'));
    expect(after.row).toMatchObject({ name: 'Bruno A.', wallets: 2, effectiveWallet: wallets[0] });
    expect(await hands.ask('participants.edit', { key: key(), ...edit })).toMatchObject({
      ok: false,
      error: { code: 'PARTICIPANTS_CHANGED' },
    });
    const windows = hands.shown.length;
    const taken = { ...edit, record: after.record ?? '0x', wallets: [...wallets, NEW] };
    expect(await hands.ask('participants.edit', { key: key(), ...taken })).toMatchObject({
      ok: false,
      error: { code: 'DIRECTORY_WALLET_TAKEN', message: expect.stringContaining('"new-hand"') },
    });
    const same = { ...edit, record: after.record ?? '0x' };
    expect(await hands.get('participants.edit', { key: key(), ...same })).toEqual({ record: after.record });
    // What cannot be, or changes nothing, is confirmed by nobody.
    expect(hands.shown).toHaveLength(windows);
  });

  it('are not edited where the record became another one while it was confirmed', async () => {
    const { record } = await hands.get('participants.get', named('new-hand'));
    const edit = { id: 'new-hand', record: record ?? '0x', wallets: [NEW], effectiveWallet: null };
    hands.typed.push(OPERATOR_PASSPHRASE, OPERATOR_PASSPHRASE);

    const [first, second] = await Promise.all(
      ['One', 'Two'].map((name) => hands.ask('participants.edit', { key: key(), ...edit, name })),
    );

    expect([first?.ok, second?.ok]).toEqual(expect.arrayContaining([false, true]));
    const refused = first?.ok === true ? second : first;
    expect(refused).toMatchObject({ error: { code: 'PARTICIPANTS_CHANGED' } });
  });

  it('are linked to their replacement by a recovery, and sign in again once they are released', async () => {
    await begun(hands, 'jonas-weir');
    const { result } = await hands.reached('summary');
    expect(result.followUps.map(({ code }) => code)).toContain('SIGN_IN_HELD');

    const held = await hands.get('participants.get', named('jonas-weir'));
    expect(held.directory).toMatchObject({ access: { sessions: 0, second_factors: 0, signIn: 'held' } });
    expect(held.row.effectiveWallet).toBe(result.replacementWallet);
    expect(held.wallets.find(({ lost }) => lost)?.address).toBe(result.lostWallet);
    await hands.get('wizard.leave', {});
    // The page alone: the window opens, and nobody types.
    expect(await hands.ask('participants.releaseSignIn', { key: key(), id: 'jonas-weir' })).toMatchObject({
      ok: false,
      error: { code: 'ENTRY_CANCELLED' },
    });
    expect((await hands.get('participants.get', named('jonas-weir'))).directory).toMatchObject({
      access: { signIn: 'held' },
    });
    hands.typed.push(OPERATOR_PASSPHRASE);
    const release = { key: key(), id: 'jonas-weir' };
    expect(await hands.get('participants.releaseSignIn', release)).toEqual({ released: true });
    expect(hands.shown.at(-1)).toMatchObject({
      title: 'Let a person sign in again',
      practice: true,
      facts: [
        ['Person', 'Jonas Weir'],
        ['Known as', 'jonas-weir'],
        ['At the directory', 'local'],
        ['Wallet in use', result.replacementWallet],
        ['On record as lost', result.lostWallet],
        ['Sign-in', 'held becomes open'],
      ],
    });
    const windows = hands.shown.length;
    expect(await hands.get('participants.releaseSignIn', { ...release, key: key() })).toEqual({
      released: false,
    });
    expect(hands.shown).toHaveLength(windows);
    expect((await hands.get('participants.get', named('jonas-weir'))).directory).toMatchObject({
      access: { signIn: 'open' },
    });
    // A wallet that is lost stays so, whatever is entered.
    const edit = { id: 'jonas-weir', record: held.record ?? '0x', name: 'Jonas', effectiveWallet: null };
    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('participants.edit', { key: key(), ...edit, wallets: [result.replacementWallet] });
    const kept = await hands.get('participants.get', named('jonas-weir'));
    expect(kept.wallets.map(({ address, lost }) => [address, lost])).toContainEqual([
      result.lostWallet,
      true,
    ]);
  });
});
