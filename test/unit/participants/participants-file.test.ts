import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { participantsOf, readParticipantsFile } from '../../../electron/participants/participants-file.ts';
import { toAddress } from '../../../shared/address.ts';
import { participantSchema } from '../../../shared/participant.ts';

const A = toAddress(`0x${'a1'.repeat(20)}`);
const B = toAddress(`0x${'b2'.repeat(20)}`);
const C = toAddress(`0x${'c3'.repeat(20)}`);

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-participants-'));
  file = path.join(folder, 'participants.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const EVERYBODY = { text: '', limit: 1000, after: null };

const textOf = (...participants: unknown[]) => JSON.stringify({ participants });

describe('a participants file', () => {
  it('gives its people by id, by wallet and in order', async () => {
    const ann = { id: 'p-17', name: 'Ann Ames', wallets: [A.toLowerCase(), B], effectiveWallet: B };
    writeFileSync(
      file,
      `\uFEFF${textOf(ann, { id: 'p-18', wallets: [C] }, { id: 'p-19', name: null, wallets: [] })}`,
    );

    const directory = await readParticipantsFile(file);

    const read = {
      id: 'p-17',
      name: 'Ann Ames',
      source: 'directory',
      wallets: [
        { address: A, effective: false },
        { address: B, effective: true },
      ],
    };
    expect(await directory.get('p-17')).toEqual(read);
    expect(await directory.findByWallet(A)).toEqual(read);
    const { participants } = await directory.search(EVERYBODY);
    expect(participants.map(({ id }) => id)).toEqual(['p-17', 'p-18', 'p-19']);
    expect(await directory.get('p-19')).toMatchObject({ name: null, wallets: [] });
    for (const one of participants) expect(participantSchema.parse(one)).toEqual(one);
  });

  it('takes the first wallet that is not lost as effective where none is named', async () => {
    const directory = participantsOf(textOf({ id: 'p-17', wallets: [A, B, C], lostWallets: [A] }));
    expect((await directory.get('p-17'))?.wallets).toEqual([
      { address: A, effective: false, lost: true },
      { address: B, effective: true },
      { address: C, effective: false },
    ]);
  });

  it('knows nobody that is not in it', async () => {
    const directory = participantsOf(textOf());
    expect(await directory.get('p-17')).toBeNull();
    expect(await directory.get('__proto__')).toBeNull();
    expect(await directory.findByWallet(A)).toBeNull();
    expect(await directory.search(EVERYBODY)).toEqual({ participants: [], after: null });
  });

  it('is searched page by page, for a part of a name, an id or a wallet', async () => {
    const entries = ['p-1', 'p-2', 'p-3'].map((id) => ({ id, name: `Ann of ${id}`, wallets: [] }));
    const directory = participantsOf(textOf(...entries, { id: 'q', wallets: [A] }));

    const first = await directory.search({ text: 'ANN', limit: 2, after: null });
    const second = await directory.search({ text: 'ANN', limit: 2, after: first.after });

    expect([...first.participants, ...second.participants].map(({ id }) => id)).toEqual([
      'p-1',
      'p-2',
      'p-3',
    ]);
    expect(second.after).toBeNull();
    const byWallet = await directory.search({ text: A.slice(4, 20).toLowerCase(), limit: 9, after: null });
    expect(byWallet.participants.map(({ id }) => id)).toEqual(['q']);
  });

  it('can do nothing about sign-ins or wallets, and says why', async () => {
    const directory = participantsOf(textOf({ id: 'p-17', wallets: [A] }));

    const answers = Object.values(await directory.capabilities());

    expect(new Set(answers.map(({ can }) => can))).toEqual(new Set(['cannot']));
    expect(await directory.revokeSessions('p-17')).toMatchObject({
      counts: {},
      survivors: [{ until: null }],
    });
    expect((await directory.get('p-17'))?.wallets).toEqual([{ address: A, effective: true }]);
  });

  it.each<[string, unknown[], string]>([
    ['an unknown key', [{ id: 'p-1', wallets: [], email: 'x' }], 'entry 1 ("p-1")'],
    ['no id', [{ id: 'p-1', wallets: [] }, { wallets: [] }], 'entry 2'],
    ['an empty id', [{ id: '', wallets: [] }], 'entry 1: "id" is empty'],
    ['an id with a line break', [{ id: 'p\n1', wallets: [] }], 'entry 1: "id" holds an invisible character'],
    ['an id that runs backwards', [{ id: 'p\u202e1', wallets: [] }], 'entry 1: "id" holds an invisible'],
    ['a space behind the id', [{ id: 'p-1 ', wallets: [] }], 'begins or ends with a space'],
    ['an id like that of an identity', [{ id: `identity:1:${A}`, wallets: [] }], 'on-chain identity'],
    ['a name that is no text', [{ id: 'p-1', name: 7, wallets: [] }], '"name"'],
    ['no wallets', [{ id: 'p-1' }], '"wallets"'],
    [
      'a wallet that is no address',
      [{ id: 'p-1', wallets: [A, '0x12'] }],
      '"wallets" number 2 is not an address',
    ],
    ['a mistyped wallet', [{ id: 'p-1', wallets: [A.replace('A', 'a')] }], 'wrong checksum'],
    ['an effective wallet of nobody', [{ id: 'p-1', wallets: [A], effectiveWallet: B }], B],
    [
      'one id twice',
      [
        { id: 'p-1', wallets: [A] },
        { id: 'p-1', wallets: [B] },
      ],
      'entry 2 ("p-1")',
    ],
    [
      'one wallet at two persons',
      [
        { id: 'p-1', wallets: [A] },
        { id: 'p-2', wallets: [A] },
      ],
      'belongs to "p-1"',
    ],
    ['one wallet twice at a person', [{ id: 'p-1', wallets: [A, A.toLowerCase()] }], 'listed twice'],
    ['an entry that is no object', ['p-1'], 'entry 1'],
  ])('with %s is refused, naming the entry', (_name, entries, words) => {
    expect(() => participantsOf(textOf(...entries))).toThrow(
      expect.objectContaining({ code: 'PARTICIPANTS_INVALID', message: expect.stringContaining(words) }),
    );
  });

  it.each([
    ['no JSON', 'id,name'],
    ['a list', '[]'],
    ['an unknown key at the top', '{"participants":[],"version":1}'],
    ['no participants', '{}'],
  ])('that is %s is refused', (_name, text) => {
    expect(() => participantsOf(text)).toThrow(expect.objectContaining({ code: 'PARTICIPANTS_INVALID' }));
  });

  it('that is missing, a folder, or larger than 32 MiB is refused', async () => {
    const refusal = { code: 'PARTICIPANTS_INVALID' };
    await expect(readParticipantsFile(file)).rejects.toMatchObject(refusal);
    await expect(readParticipantsFile(folder)).rejects.toMatchObject(refusal);
    writeFileSync(file, '{');
    truncateSync(file, 32 * 2 ** 20 + 1);
    await expect(readParticipantsFile(file)).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining('32 MiB'),
    });
  });
});
