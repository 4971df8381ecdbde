import { inspect } from 'node:util';
import { encryptKeystoreJson, Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { importKey } from '../../../electron/operator/key-import.ts';
import type { KeySource } from '../../../electron/operator/key-import.ts';
import { DeskError } from '../../../shared/errors.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Public knowledge: the phrase and first account of development nodes. */
const PHRASE = 'test test test test test test test test test test test junk';
const FIRST = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const FIRST_KEY = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const SECOND = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
/** Of the test vectors of BIP-39. */
const ABANDON = `${'abandon '.repeat(11)}about`;
const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
const BELOW_ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140';

const hex = (text: string): KeySource => ({ kind: 'privateKey', hex: bytes(text) });

function phrase(words: string, path?: string, passphrase?: string): KeySource {
  const typed = { phrase: bytes(words), passphrase: passphrase === undefined ? null : bytes(passphrase) };
  return path === undefined ? { kind: 'phrase', ...typed } : { kind: 'phrase', ...typed, path };
}

async function refusalOf(source: KeySource): Promise<DeskError> {
  try {
    await importKey(source);
  } catch (error) {
    if (error instanceof DeskError) return error;
  }
  throw new Error('was not refused');
}

describe('a private key in hex', () => {
  it.each([
    ['as it is', FIRST_KEY],
    ['with 0x', `0x${FIRST_KEY}`],
    ['in capitals', `0X${FIRST_KEY.toUpperCase()}`],
    ['with the newline that came along', `${FIRST_KEY}\r\n`],
  ])('%s is taken', async (_name, text) => {
    const { address, privateKey } = await importKey(hex(text));

    expect(address).toBe(FIRST);
    expect(Buffer.from(privateKey).toString('hex')).toBe(FIRST_KEY);
  });

  it('may be the highest there is', async () => {
    expect((await importKey(hex(BELOW_ORDER))).privateKey).toHaveLength(32);
  });

  it.each([
    ['too short', FIRST_KEY.slice(1)],
    ['too long', `${FIRST_KEY}0`],
    ['no hex', `g${FIRST_KEY.slice(1)}`],
    ['zero', '0'.repeat(64)],
    ['the order of the curve', ORDER],
    ['above the order', 'f'.repeat(64)],
    ['empty', ''],
    ['an address', FIRST],
  ])('that is %s is refused', async (_name, text) => {
    expect(await refusalOf(hex(text))).toMatchObject({ code: 'KEY_IMPORT_INVALID' });
  });

  it('that is no text is refused', async () => {
    const refusal = await refusalOf({ kind: 'privateKey', hex: Uint8Array.of(0xff, 0xfe) });
    expect(refusal).toMatchObject({ code: 'KEY_IMPORT_INVALID' });
  });
});

describe('a recovery phrase', () => {
  it('gives the first account, unless another path is named', async () => {
    const { address, privateKey } = await importKey(phrase(PHRASE));
    expect(address).toBe(FIRST);
    expect(Buffer.from(privateKey).toString('hex')).toBe(FIRST_KEY);
    expect((await importKey(phrase(PHRASE, "m/44'/60'/0'/0/1"))).address).toBe(SECOND);
  });

  it('is taken in capitals, and with other blanks between and around the words', async () => {
    const typed = `\n ${PHRASE.toUpperCase().replaceAll(' ', '  \t')} \n`;
    expect((await importKey(phrase(typed))).address).toBe(FIRST);
  });

  it('with a passphrase of its own gives other accounts, however the accents were typed', async () => {
    expect((await importKey(phrase(ABANDON))).address).toBe('0x9858EfFD232B4033E47d90003D41EC34EcaEda94');
    expect((await importKey(phrase(ABANDON, undefined, 'TREZOR'))).address).toBe(
      '0x9c32F71D4DB8Fb9e1A58B0a80dF79935e7256FA6',
    );
    const composed = await importKey(phrase(ABANDON, undefined, 'caf\u00e9'));
    const decomposed = await importKey(phrase(ABANDON, undefined, 'cafe\u0301'));
    expect(composed.address).toBe(decomposed.address);
  });

  it.each([
    ['with a word that is none', PHRASE.replace('junk', 'jnuk')],
    ['whose checksum does not hold', PHRASE.replace('junk', 'test')],
    ['with its words in another order', `junk ${'test '.repeat(11)}`],
    ['that lacks a word', 'test '.repeat(11)],
    ['with a word too many', `${PHRASE} test`],
    ['that is empty', ' '],
  ])('%s is refused', async (_name, words) => {
    expect(await refusalOf(phrase(words))).toMatchObject({ code: 'KEY_IMPORT_INVALID' });
  });

  it.each(['', 'm', '44/60', "m/44'/60'/x", 'm/2147483648', "m/44'/60'/0'/0/0/"])(
    'with the path "%s" is refused, saying that it is the path',
    async (path) => {
      expect(await refusalOf(phrase(PHRASE, path))).toMatchObject({
        code: 'KEY_IMPORT_INVALID',
        message: expect.stringContaining('derivation path'),
      });
    },
  );
});

describe('a keystore', () => {
  const sealed = () => encryptKeystoreJson(new Wallet(FIRST_KEY), 'its passphrase', { scrypt: { N: 2 } });

  it('gives its key', async () => {
    const source: KeySource = { kind: 'keystore', json: await sealed(), passphrase: bytes('its passphrase') };

    const { address, privateKey } = await importKey(source);

    expect(address).toBe(FIRST);
    expect(Buffer.from(privateKey).toString('hex')).toBe(FIRST_KEY);
  });

  it('with a wrong passphrase, or that is none, is refused', async () => {
    const wrong: KeySource = { kind: 'keystore', json: await sealed(), passphrase: bytes('another') };
    expect(await refusalOf(wrong)).toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect(await refusalOf({ ...wrong, json: FIRST_KEY })).toMatchObject({ code: 'KEYSTORE_CORRUPT' });
  });
});

describe('a refused import', () => {
  it.each([
    ['a key', hex(`${FIRST_KEY}ab`), FIRST_KEY.slice(0, 8)],
    ['a key that is out of range', hex(ORDER), ORDER.slice(-8)],
    ['a phrase', phrase('secretword '.repeat(12)), 'secretword'],
    ['a path', phrase(PHRASE, 'm/77777777777'), '77777777777'],
    ['a keystore', { kind: 'keystore', json: FIRST_KEY, passphrase: bytes('horse') }, FIRST_KEY.slice(0, 8)],
    [
      'a keystore with a name twice',
      { kind: 'keystore', json: '{"horsewords":1,"HorseWords":2}', passphrase: bytes('horse') },
      'horse',
    ],
  ] satisfies [string, KeySource, string][])('of %s quotes nothing of it', async (_name, source, part) => {
    const refusal = await refusalOf(source);
    expect(inspect(refusal, { depth: Infinity, showHidden: true }).toLowerCase()).not.toContain(part);
    expect(JSON.stringify(refusal).toLowerCase()).not.toContain(part);
  });
});
