/**
 * The sealed box of an operator's record: what is secret beside the key. Opening it proves the passphrase, and that
 * record, keystore and operator belong together.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonicalText } from '../../shared/canonical.ts';
import type { Json } from '../../shared/canonical.ts';
import { deriveKey, MAX_SCRYPT_MEMORY, scryptMemory } from './key-derivation.ts';
import { MIN_SCRYPT_N, PRACTICE_SCRYPT_N } from './new-keystore.ts';
import { wipe } from './passphrase.ts';
import { vaultCorrupt, vaultPassphraseWrong } from './vault-errors.ts';
import { recordMark } from './vault-keys.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const SALT_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK_BYTES = 32;
const MAX_LENGTH = 65_536;

/** What a box is bound to. */
export interface BoxPlace {
  readonly operatorId: string;
  readonly wrapping: 'keychain' | 'passphrase';
  /** The keystore beside it, as it is stored; null where there is none. */
  readonly keystore: string | null;
}

export interface BoxKeys {
  /** As `vaultPassword` gives it. */
  readonly password: Uint8Array;
  /** The wrapping secret; null where there is none. */
  readonly wrapping: Uint8Array | null;
}

const bytes = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length * 2}}$`));

const kdfSchema = z.lazy(() =>
  z
    .strictObject({
      name: z.literal('scrypt'),
      n: z.union([z.literal(PRACTICE_SCRYPT_N), z.int().min(MIN_SCRYPT_N)]),
      r: z.int().min(8),
      p: z.int().min(1),
      salt: bytes(SALT_BYTES),
    })
    .refine(({ n }) => Number.isInteger(Math.log2(n)))
    .refine((kdf) => scryptMemory(kdf) <= MAX_SCRYPT_MEMORY),
);

const boxSchema = z.lazy(() =>
  z.strictObject({
    version: z.literal(1),
    kdf: kdfSchema,
    iv: bytes(IV_BYTES),
    data: z.string().regex(/^([0-9a-f]{2})+$/),
    tag: bytes(TAG_BYTES),
    mark: bytes(MARK_BYTES),
  }),
);
type Box = z.output<typeof boxSchema>;
type Unmarked = Omit<Box, 'mark'>;

/** Seals a value by AES-256-GCM under a key that scrypt derives from the password. The caller wipes the keys. */
export async function sealBox(
  place: BoxPlace,
  keys: BoxKeys,
  content: Json,
  scryptN = MIN_SCRYPT_N,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  const kdf: Box['kdf'] = { name: 'scrypt', n: scryptN, r: 8, p: 1, salt };
  const iv = randomBytes(IV_BYTES);
  const key = await boxKey(keys.password, kdf);
  const plain = Buffer.from(JSON.stringify(content), 'utf8');
  try {
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(place, kdf));
    const data = Buffer.concat([cipher.update(plain), cipher.final()]).toString('hex');
    const tag = cipher.getAuthTag().toString('hex');
    const unmarked: Unmarked = { version: 1, kdf, iv: iv.toString('hex'), data, tag };
    const mark = Buffer.from(markOf(place, keys.wrapping, unmarked)).toString('hex');
    return JSON.stringify({ ...unmarked, mark });
  } finally {
    wipe(key);
    wipe(plain);
  }
}

/**
 * Opens a box in its place. The caller wipes the keys.
 * @throws DeskError VAULT_CORRUPT where record, keystore, operator and keychain entry do not belong together, whatever
 * the passphrase; PASSPHRASE_WRONG. Without a wrapping secret, what was changed on purpose may show as the latter.
 */
export async function openBox(text: string, place: BoxPlace, keys: BoxKeys): Promise<unknown> {
  const { mark, ...box } = readBox(text);
  if (!timingSafeEqual(Buffer.from(mark, 'hex'), markOf(place, keys.wrapping, box))) throw vaultCorrupt();
  const key = await boxKey(keys.password, box.kdf);
  try {
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(box.iv, 'hex'), { authTagLength: TAG_BYTES })
      .setAAD(boundTo(place, box.kdf))
      .setAuthTag(Buffer.from(box.tag, 'hex'));
    return openedBy(decipher, Buffer.from(box.data, 'hex'));
  } finally {
    wipe(key);
  }
}

function openedBy(decipher: ReturnType<typeof createDecipheriv>, data: Uint8Array): unknown {
  const first = decipher.update(data);
  try {
    decipher.final();
  } catch {
    wipe(first);
    throw vaultPassphraseWrong();
  }
  // A stream cipher: all of it came with the first part.
  try {
    return JSON.parse(first.toString('utf8')) as unknown;
  } catch {
    // SECURITY: the parser's error quotes.
    throw vaultCorrupt();
  } finally {
    wipe(first);
  }
}

function readBox(text: string): Box {
  if (text.length > MAX_LENGTH) throw vaultCorrupt();
  try {
    return boxSchema.parse(JSON.parse(text));
  } catch {
    throw vaultCorrupt();
  }
}

function boxKey(password: Uint8Array, kdf: Box['kdf']): Promise<Buffer> {
  return deriveKey(password, Buffer.from(kdf.salt, 'hex'), kdf, KEY_BYTES);
}

/** The associated data: what the box cannot be taken away from. */
function boundTo(place: BoxPlace, kdf: Box['kdf']): Buffer {
  return Buffer.from(canonicalText(binding(place, kdf)), 'utf8');
}

function binding({ operatorId, wrapping, keystore }: BoxPlace, kdf: Box['kdf']): Json {
  const digest = keystore === null ? null : createHash('sha256').update(keystore, 'utf8').digest('hex');
  return { version: 1, operatorId, wrapping, keystore: digest, kdf };
}

function markOf(place: BoxPlace, wrapping: Uint8Array | null, { kdf, iv, data, tag }: Unmarked): Uint8Array {
  return recordMark(wrapping, canonicalText({ place: binding(place, kdf), iv, data, tag }));
}
