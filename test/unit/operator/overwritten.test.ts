/** Bytes of secrets that the desk made on its way, and has to overwrite: buffers from text lie in memory that is shared. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { importKey } from '../../../electron/operator/key-import.ts';
import { keychainStore } from '../../../electron/operator/keychain-store.ts';
import { bytesOf } from '../../../electron/operator/passphrase.ts';
import { vaultPassword } from '../../../electron/operator/vault-keys.ts';

const KEY = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const WRAPPING = Uint8Array.from({ length: 32 }, (_, at) => at + 1);

/** What work leaves of the buffers that it made. */
async function buffersLeftBy(work: () => unknown): Promise<readonly Buffer[]> {
  const from = vi.spyOn(Buffer, 'from');
  onTestFinished(() => from.mockRestore());
  await work();
  return from.mock.results.flatMap(({ value }) => (Buffer.isBuffer(value) ? [value] : []));
}

const blank = (length: number) => Buffer.alloc(length);

it('the bytes of a text are kept apart from what they were read into', async () => {
  let bytes: Uint8Array = new Uint8Array();
  const left = await buffersLeftBy(() => {
    bytes = bytesOf('a1b2', 'hex');
  });
  expect([...bytes]).toEqual([0xa1, 0xb2]);
  expect(left).toEqual([blank(2)]);
});

it('a private key that was entered stands in what is handed on alone', async () => {
  const source = { kind: 'privateKey', hex: new TextEncoder().encode(KEY) } as const;
  expect(await buffersLeftBy(() => importKey(source))).toContainEqual(blank(32));
});

it('the password of a vault stands in what is handed on alone', async () => {
  const left = await buffersLeftBy(() => vaultPassword(WRAPPING, Buffer.alloc(12, 'p')));
  expect(left).toContainEqual(blank(64));
});

it('a wrapping secret comes from the keychain, and goes there, without a copy that stays', async () => {
  const answers = [
    { gave: 'written' },
    { gave: 'secret', secret: Buffer.from(WRAPPING).toString('base64') },
  ] as const;
  let asked = 0;
  // DOUBLE of the keychain's program.
  const ask = async () => answers[asked++ % 2] ?? null;
  const start = () => ({ ask, end: () => undefined, ended: Promise.resolve() });
  const secret = Uint8Array.from(WRAPPING);
  const store = keychainStore({ start }, { keychainTimeoutMs: 1_000 });

  const left = await buffersLeftBy(() => store.write('O-0123456789', secret));

  // One is the caller's own bytes, which the caller overwrites; the other one was read back.
  expect(left.map(({ buffer }) => buffer === secret.buffer)).toEqual([true, false]);
  expect(left[1]).toEqual(blank(32));
});
