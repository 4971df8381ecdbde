import { describe, expect, it } from 'vitest';
import { exported, exportedLocal } from '../../../electron/participants/local/export.ts';
import { applyImport } from '../../../electron/participants/local/import-apply.ts';
import { MOST_PEOPLE } from '../../../electron/participants/local/import-rows.ts';
import { MOST_BYTES } from '../../../electron/participants/local/import-text.ts';
import { TOLD_CHANGES } from '../../../shared/people-import.ts';
import { localScene, wallet } from './local-scene.ts';

const scene = localScene();
const [A, B, C] = [wallet(1), wallet(2), wallet(3)];

const csv = (...rows: readonly string[]): string => ['id,name,wallets', ...rows].join('\n');

async function exportedText(format: 'csv' | 'json'): Promise<string> {
  let text = '';
  for await (const piece of exported(scene.local.directory, format)) text += piece;
  return text;
}

describe('an import', () => {
  it('of CSV shows what it would change, changes nothing before, and then just that', async () => {
    await scene.import(csv(`p-1,Ann,${A}`, `p-2,Bob,${B}`, 'p-3,Cy,'));
    const text = csv(`p-1,Ann,${A}`, `p-2,Bobby,${C}`, 'p-4,Di,');

    const prepared = await scene.prepare(text);

    expect(prepared.preview).toMatchObject({ rows: 3, added: 1, changed: 1, unchanged: 1, missing: 1 });
    expect(prepared.preview.changes).toEqual([
      {
        line: 3,
        kind: 'changed',
        id: 'p-2',
        name: 'Bobby',
        what: [
          'the name Bob becomes Bobby',
          `no longer has the wallet ${B}`,
          `gets the wallet ${C}`,
          `the effective wallet ${B} becomes ${C}`,
        ],
      },
      { line: 4, kind: 'added', id: 'p-4', name: 'Di', what: ['0 wallets'] },
    ]);
    expect((await scene.people()).map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Cy']);

    await applyImport(scene.local, prepared, null);

    scene.reopen();
    expect((await scene.people()).map(({ name }) => name)).toEqual(['Ann', 'Bobby', 'Cy', 'Di']);
    expect(await scene.local.directory.findByWallet(B)).toBeNull();
    const { fileDigest } = prepared;
    const told = { fileDigest, added: 1, changed: 1, removed: 0, operatorId: null };
    expect(scene.records.audit.tells('participants_imported', told)).toBe(true);
  });

  it('removes who is not in the file only where that was asked for', async () => {
    await scene.import(csv('p-1,Ann,', 'p-2,Bob,'));

    expect(await scene.import(csv('p-1,Ann,'))).toMatchObject({ missing: 1, removesMissing: false });
    expect(await scene.people()).toHaveLength(2);
    const { preview } = await scene.prepare(csv('p-1,Ann,'), true);
    expect(preview.changes).toEqual([{ line: null, kind: 'removed', id: 'p-2', name: 'Bob', what: [] }]);
    await scene.import(csv('p-1,Ann,'), true);
    expect(await scene.people()).toMatchObject([{ id: 'p-1' }]);
  });

  it('with a single error names each line, and imports nothing at all', async () => {
    await scene.import(csv(`p-0,Zoe,${wallet(0xff)}`));
    const prepared = await scene.prepare(
      csv(
        `p-1,Ann,${A}`,
        'p-2,Bob,0x12',
        `p-1,Ann again,${B}`,
        `p-4,Di,${A}`,
        'p-5,Ed',
        `p-6,Flo,${wallet(0xff)}`,
        `,Nobody,`,
      ),
    );

    expect(prepared.preview.errors).toEqual([
      { line: 3, message: expect.stringContaining('"p-2": "wallets" number 1 is not an address') },
      { line: 4, message: '"p-1" is on line 2 already' },
      { line: 5, message: `"p-4": the wallet ${A} belongs to "p-1" on line 2` },
      { line: 6, message: 'it has 2 cells, and the header has 3' },
      { line: 7, message: `"p-6": the wallet ${wallet(0xff)} belongs to "p-0", who is not in the file` },
      { line: 8, message: expect.stringContaining('"id" is empty') },
    ]);
    await expect(applyImport(scene.local, prepared, null)).rejects.toMatchObject({
      code: 'PARTICIPANTS_INVALID',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(await scene.people()).toMatchObject([{ id: 'p-0' }]);
  });

  it('lets a wallet go from one person to another when both are in the file', async () => {
    await scene.import(csv(`p-1,Ann,${A}`, `p-2,Bob,${B}`));
    await scene.import(csv(`p-1,Ann,${B}`, `p-2,Bob,${A}`));
    expect((await scene.local.directory.findByWallet(A))?.id).toBe('p-2');
  });

  it('that says nothing of lost wallets neither gives one back nor makes it effective again', async () => {
    await scene.import(csv(`p-1,Ann,${A}`));
    await scene.local.directory.linkWallet('p-1', { lost: A, replacement: B, effective: true });

    const { preview } = await scene.prepare(csv(`p-1,Ann,${B}`));
    expect(preview).toMatchObject({ unchanged: 1, changed: 0 });
    await scene.import(csv(`p-1,Ann,${A}`));
    expect((await scene.local.directory.get('p-1'))?.wallets).toEqual([
      { address: A, effective: false, lost: true },
    ]);

    const again = await scene.prepare(`id,wallets,effectiveWallet\np-1,${A} ${C},${A}`);
    expect(again.preview.errors).toEqual([
      { line: 2, message: `"p-1": the effective wallet ${A} is on record as lost` },
    ]);
  });

  it('from before the recovery takes no lost mark away, and says so before whatever else it changes', async () => {
    const others = Array.from({ length: TOLD_CHANGES }, (_, n) => `a-${n}`);
    await scene.import(csv(...others.map((id) => `${id},Old,`), `p-1,Ann,${A}`, `p-2,Bob,${C}`));
    await scene.local.directory.linkWallet('p-1', { lost: A, replacement: B, effective: true });
    await scene.local.directory.linkWallet('p-2', { lost: C, replacement: wallet(4), effective: true });
    const before = await scene.people();
    const lines = others.map((id) => `${id},New,,`);
    const old = ['id,name,wallets,lostWallets', ...lines, `p-1,Ann,${A} ${B},`, `p-2,Bo,${wallet(4)},`];

    const prepared = await scene.prepare(old.join('\n'));

    const { preview } = prepared;
    expect(preview).toMatchObject({ changed: TOLD_CHANGES + 1, unchanged: 1, kept: 1, errorCount: 0 });
    expect(preview.changes).toHaveLength(TOLD_CHANGES);
    const stays = (address: string) =>
      `the wallet ${address} stays on record as lost, whatever the file says`;
    expect(preview.changes.slice(0, 2)).toEqual([
      { line: TOLD_CHANGES + 2, kind: 'kept', id: 'p-1', name: 'Ann', what: [stays(A)] },
      {
        line: TOLD_CHANGES + 3,
        kind: 'changed',
        id: 'p-2',
        name: 'Bo',
        what: ['the name Bob becomes Bo', stays(C)],
      },
    ]);
    await applyImport(scene.local, prepared, null);
    // The order of wallets says nothing.
    const walletsOf = (people: typeof before) =>
      people.map(({ wallets }) => wallets.toSorted((a, b) => (a.address < b.address ? -1 : 1)));
    expect(walletsOf(await scene.people())).toEqual(walletsOf(before));
  });

  it('makes no wallet that is on record as lost the effective one, nor gives it to somebody else', async () => {
    await scene.import(csv(`p-1,Ann,${A}`));
    const old = await exportedText('csv');
    await scene.local.directory.linkWallet('p-1', { lost: A, replacement: B, effective: true });

    expect((await scene.prepare(old)).preview.errors).toEqual([
      { line: 2, message: `"p-1": the effective wallet ${A} is on record as lost` },
    ]);
    expect((await scene.prepare(csv(`p-2,Bob,${A}`), true)).preview.errors).toEqual([
      { line: 2, message: `"p-2": the wallet ${A} is on record as lost by "p-1", who is not in the file` },
    ]);
    const shared = await scene.prepare(csv(`p-1,Ann,${B}`, `p-2,Bob,${A}`));
    expect(shared.preview.errors).toMatchObject([{ line: 3, message: expect.stringContaining(A) }]);
    // Who is removed takes the mark along: that is said.
    expect((await scene.prepare(csv('p-2,Bob,'), true)).preview.changes[0]).toEqual({
      line: null,
      kind: 'removed',
      id: 'p-1',
      name: 'Ann',
      what: [`with the wallet ${A}, on record as lost`],
    });
  });

  it('may mark wallets as lost, and leaves those that were so before', async () => {
    await scene.import(csv(`p-1,Ann,${A} ${B}`));
    const lost = (wallets: string) => `id,wallets,lostWallets\np-1,${A} ${B} ${C},${wallets}`;

    await scene.import(lost(A));
    expect(await scene.import(lost(B))).toMatchObject({ changed: 1, kept: 0 });

    expect((await scene.people())[0]?.wallets).toEqual([
      { address: A, effective: false, lost: true },
      { address: B, effective: false, lost: true },
      { address: C, effective: true },
    ]);
  });

  it('is refused where the participants were changed since it was shown', async () => {
    await scene.import(csv(`p-1,Ann,${A}`));
    const prepared = await scene.prepare(csv(`p-1,Anna,${A}`));
    await scene.local.directory.linkWallet('p-1', { lost: A, replacement: B, effective: true });

    await expect(applyImport(scene.local, prepared, null)).rejects.toMatchObject({
      code: 'PARTICIPANTS_CHANGED',
    });
    expect(await scene.people()).toMatchObject([{ name: 'Ann' }]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${csv(`p-1,Ann,${A}`)}`],
    ['semicolons', `id;name;wallets\r\np-1;Ann;${A}\r\n`],
    ['quotes and line ends of Windows', `"id","name","wallets"\r\n"p-1","Ann","${A}"\r\n`],
    ['empty lines at the end', `${csv(`p-1,Ann,${A}`)}\n\n\n`],
    ['other columns first', `wallets,id,name\n${A},p-1,Ann`],
    [
      'JSON with a byte order mark',
      `\uFEFF{ "participants": [{ "id": "p-1", "name": "Ann", "wallets": ["${A}"] }] }`,
    ],
  ])('takes %s', async (_name, text) => {
    expect(await scene.import(text)).toMatchObject({ added: 1, errorCount: 0 });
    expect(await scene.people()).toEqual([
      { id: 'p-1', name: 'Ann', source: 'directory', wallets: [{ address: A, effective: true }] },
    ]);
  });

  it.each<[string, string | Buffer, string]>([
    [
      'another encoding',
      Buffer.concat([Buffer.from('id,name,wallets\np-1,'), Buffer.from([0xc4, 0x6e])]),
      'line 2',
    ],
    ['UTF-16', Buffer.from('\uFEFFid,name,wallets', 'utf16le'), 'UTF-16'],
    ['an unknown column', 'id,wallets,email\n', 'line 1: there is no column "email"'],
    ['a missing column', 'id,name\n', 'line 1: the column "wallets" is missing'],
    ['a column twice', 'id,wallets,id\n', 'line 1: a column is there twice'],
    ['a quote that is not closed', csv('p-1,"Ann,'), 'Quote'],
    ['nothing', '', 'it is empty'],
    ['broken JSON', '{ "participants": [\n{ "id": }\n] }', 'it is not JSON'],
    ['other JSON', '{ "people": [] }', '"participants"'],
  ])('refuses %s, saying where', async (_name, text, words) => {
    await expect(scene.prepare(text)).rejects.toMatchObject({
      code: 'PARTICIPANTS_INVALID',
      message: expect.stringContaining(words),
    });
  });

  it('names the line in another encoding also far into a file, and behind nothing but empty lines', async () => {
    const strange = Buffer.from([0xc4, 0x6e]);
    const rows = Buffer.from(`id,wallets\n${'p-1,\n'.repeat(50_000)}p-\u00e4,\n`);
    const empty = Buffer.alloc(MOST_BYTES - strange.length, '\n');

    await expect(scene.prepare(Buffer.concat([rows, strange]))).rejects.toMatchObject({
      message: expect.stringContaining('line 50003: it is not UTF-8'),
    });
    await expect(scene.prepare(Buffer.concat([empty, strange]))).rejects.toMatchObject({
      message: expect.stringContaining(`line ${empty.length + 1}: it is not UTF-8`),
    });
  });

  it('of empty lines lets what is under way meanwhile go on', async () => {
    let turns = 0;
    let looking = true;
    const turn = (): void => {
      turns += 1;
      if (looking) setImmediate(turn);
    };
    setImmediate(turn);
    const { preview } = await scene.prepare(`id,wallets\n${'\n'.repeat(2 ** 21)}`);
    looking = false;

    expect(preview.rows).toBe(0);
    expect(turns).toBeGreaterThan(20);
  });

  it('tells of an entry of too many strange names no more than a line', async () => {
    const names = Array.from({ length: 1000 }, (_, n) => `"strange\\u001b-${n}": 0`);
    const { preview } = await scene.prepare(
      `{ "participants": [{ "id": "p-1", "wallets": [], ${names.join(', ')} }] }`,
    );
    expect(preview.errors[0]?.message).toMatch(/^"p-1": \P{C}{1,250}$/u);
  });

  it('of JSON names the line on which an entry begins', async () => {
    const text = `{ "participants": [\n { "id": "p-1",\n  "wallets": [] }, { "id": "p-2", "wallets": ["x"] },\n\n {"id": "p-\\"3"}, 7] }`;
    const { preview } = await scene.prepare(text);
    expect(preview.errors.map(({ line }) => line)).toEqual([3, 5, 5]);
  });

  it('of a million rows is refused with the bound, and what is under way meanwhile goes on', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, n) => `p-${n},N,`);
    const text = `id,name,wallets\n${rows.join('\n')}`;
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);

    await expect(scene.prepare(text)).rejects.toMatchObject({
      message: expect.stringContaining(`more than ${MOST_PEOPLE} people`),
    });
    clearInterval(timer);

    expect(turns).toBeGreaterThan(100);
  });
});

describe('an export', () => {
  const awkward = ['=1+1', "'=1", "''@x", '+49', '-', "'", 'a,"b"', 'Zoë; or', '\uFF1Dcmd', "O'Neil"].concat([
    'a;=1+1',
    "a;'=1",
    'a,";@x',
    "a;'b",
    ';-;+,=',
  ]);

  it.each(['csv', 'json'] as const)('as %s comes back as it went out', async (format) => {
    const entries = awkward.map((text, n) => ({ id: text, name: text, wallets: [wallet(n + 1)] }));
    await scene.import(JSON.stringify({ participants: entries }));
    await scene.local.directory.linkWallet('=1+1', { lost: A, replacement: wallet(0xee), effective: true });
    const before = await scene.people();
    expect(before).toHaveLength(awkward.length);

    const text = await exportedText(format);

    expect((await scene.prepare(text)).preview).toMatchObject({ unchanged: awkward.length, errorCount: 0 });
    await scene.import('id,wallets\nother,', true);
    await scene.import(text, true);
    expect(await scene.people()).toEqual(before);
  });

  it.each(['csv', 'json'] as const)(
    'as %s beside an import has the people of before alone',
    async (format) => {
      const listing = (name: string) => csv(...Array.from({ length: 1200 }, (_, n) => `p-${n},${name},`));
      await scene.import(listing('Before'));
      const before = await exportedText(format);
      const after = await scene.prepare(listing('After'));

      let text = '';
      for await (const piece of exportedLocal(scene.local, format)) {
        text += piece;
        if (text.includes('Before') && (await scene.people())[0]?.name === 'Before')
          await applyImport(scene.local, after, null);
      }

      expect(text).toBe(before);
      expect(await exportedText(format)).toBe(before.replaceAll('Before', 'After'));
    },
  );

  it('as CSV has no cell that a spreadsheet runs', async () => {
    await scene.import(
      JSON.stringify({ participants: awkward.map((id) => ({ id, name: id, wallets: [] })) }),
    );

    const cells = (await exportedText('csv'))
      .split('\r\n')
      .flatMap((line) => line.match(/"(?:[^"]|"")*"/gu) ?? []);

    expect(cells.length).toBeGreaterThan(awkward.length);
    expect(cells.filter((cell) => /^"[=+\-@\t\r\uFF1D]/u.test(cell))).toEqual([]);
    // A spreadsheet that separates by semicolons ends a cell at each, for none begins with a quote that is open there.
    expect(cells.filter((cell) => /[;,\t][=+\-@\uFF1D]/u.test(cell))).toEqual([]);
  });
});
