import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passphraseForms, readPassphraseFile, wipe } from '../../../electron/operator/passphrase.ts';

const posix = process.platform !== 'win32';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-passphrase-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function fileWith(content: string | Uint8Array, mode = 0o600): string {
  const file = path.join(folder, 'passphrase');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

async function readBack(content: string | Uint8Array): Promise<string> {
  const { passphrase } = await readPassphraseFile(fileWith(content));
  return Buffer.from(passphrase).toString('utf8');
}

describe('a passphrase file', () => {
  it.each([
    ['without a newline', 'horse battery', 'horse battery'],
    ['with a newline', 'horse battery\n', 'horse battery'],
    ['with a Windows newline', 'horse battery\r\n', 'horse battery'],
    ['with two newlines, of which one belongs to it', 'horse battery\n\n', 'horse battery\n'],
    ['with spaces around it, which belong to it', ' horse battery ', ' horse battery '],
    ['with a byte order mark', '\uFEFFhorse battery\n', 'horse battery'],
    ['with letters beyond ASCII', 'Zürich süß\n', 'Zürich süß'],
  ])('%s gives the passphrase', async (_name, content, passphrase) => {
    expect(await readBack(content)).toBe(passphrase);
  });

  it('may be 4096 bytes long', async () => {
    expect(await readBack('x'.repeat(4096))).toHaveLength(4096);
  });

  it.skipIf(!posix)('may be a named pipe', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = readPassphraseFile(pipe);
    writeFileSync(pipe, 'through a pipe\n');
    expect(Buffer.from((await reading).passphrase).toString('utf8')).toBe('through a pipe');
  });

  it.each([
    ['is empty', ''],
    ['holds a newline alone', '\n'],
    ['holds a byte order mark alone', '\uFEFF'],
    ['is too long', 'x'.repeat(4097)],
    ['is UTF-16', Buffer.from('\uFEFFhorse battery', 'utf16le')],
  ])('that %s is refused', async (_name, content) => {
    await expect(readPassphraseFile(fileWith(content))).rejects.toMatchObject({
      code: 'PASSPHRASE_UNREADABLE',
      remedy: expect.any(String),
    });
  });

  it('that is missing or a folder is refused', async () => {
    const refusal = { code: 'PASSPHRASE_UNREADABLE' };
    await expect(readPassphraseFile(path.join(folder, 'none'))).rejects.toMatchObject(refusal);
    await expect(readPassphraseFile(folder)).rejects.toMatchObject(refusal);
  });

  it.skipIf(!posix).each([0o640, 0o604, 0o620])('of mode %o works, with a warning', async (mode) => {
    const { passphrase, warning } = await readPassphraseFile(fileWith('horse battery', mode));
    expect(passphrase).toHaveLength(13);
    expect(warning).toContain('other users');
    expect(warning).not.toContain('horse');
  });

  it('that its owner alone can read gives no warning', async () => {
    expect((await readPassphraseFile(fileWith('horse battery'))).warning).toBeNull();
  });
});

describe('a passphrase', () => {
  it('is overwritten by wiping', () => {
    const passphrase = Buffer.from('horse battery');
    wipe(passphrase);
    expect(passphrase.every((byte) => byte === 0)).toBe(true);
  });

  it('in ASCII, or in bytes that are no text, has one form', () => {
    const plain = Buffer.from('horse battery');
    const noText = Uint8Array.of(0xff, 0xfe, 0x41);
    expect(passphraseForms(plain)).toEqual([plain]);
    expect(passphraseForms(noText)).toEqual([noText]);
  });

  it('typed with a combining accent also has the composed form', () => {
    const decomposed = Buffer.from('caf\u0065\u0301');
    const forms = passphraseForms(decomposed).map((form) => Buffer.from(form).toString('utf8'));
    expect(forms).toEqual(['caf\u0065\u0301', 'caf\u00e9']);
  });
});
