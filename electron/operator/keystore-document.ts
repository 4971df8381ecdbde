/** The written form of a keystore, read strictly before any key is derived from it. */
import { z } from 'zod';
import { DeskError } from '../../shared/errors.ts';
import { MAX_SCRYPT_MEMORY, scryptMemory } from './key-derivation.ts';

const MAX_LENGTH = 65_536;
const MAX_PBKDF2_ROUNDS = 10_000_000;
/** The document, its `crypto`, and the parameters in that. */
const LEVELS = 3;
const BYTE_ORDER_MARK = '\uFEFF';

const hexBytes = (min: number, max = min) =>
  z.string().regex(new RegExp(`^(0x)?([0-9a-fA-F]{2}){${min},${max}}$`), 'is not hex of the right length');

const cost = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const cipher = {
  cipher: z.literal('aes-128-ctr'),
  cipherparams: z.object({ iv: hexBytes(16) }),
  ciphertext: hexBytes(32),
  mac: hexBytes(32),
};

const scryptParams = z.lazy(() =>
  z
    .object({ n: cost, r: cost, p: cost, dklen: z.literal(32), salt: hexBytes(1, 1024) })
    .refine(({ n }) => n > 1 && Number.isInteger(Math.log2(n)), 'has an n that is no power of two')
    .refine((params) => scryptMemory(params) <= MAX_SCRYPT_MEMORY, 'asks for more than 1 GiB of memory'),
);

const pbkdf2Params = z.lazy(() =>
  z.object({
    c: cost.max(MAX_PBKDF2_ROUNDS),
    prf: z.enum(['hmac-sha256', 'hmac-sha512']),
    dklen: z.literal(32),
    salt: hexBytes(1, 1024),
  }),
);

const cryptoSchema = z.lazy(() =>
  z.discriminatedUnion('kdf', [
    z.object({ ...cipher, kdf: z.literal('scrypt'), kdfparams: scryptParams }),
    z.object({ ...cipher, kdf: z.literal('pbkdf2'), kdfparams: pbkdf2Params }),
  ]),
);

/** Further keys (an id, a wallet program's own) are let by and dropped. @see Web3 Secret Storage Definition, version 3 */
const documentSchema = z.lazy(() =>
  z.object({
    version: z.literal(3),
    address: z
      .string()
      .regex(/^(0x)?[0-9a-fA-F]{40}$/, 'is not an address')
      .optional(),
    crypto: cryptoSchema,
  }),
);

export type KeystoreDocument = z.output<typeof documentSchema>;

/**
 * Reads a keystore's text; keys are taken in any case, as wallet programs differ in it.
 * @throws DeskError KEYSTORE_CORRUPT for what is no version 3 keystore, or one whose opening would cost absurdly much.
 */
export function readKeystoreDocument(json: string): KeystoreDocument {
  if (json.length > MAX_LENGTH) throw keystoreCorrupt(`it is longer than ${MAX_LENGTH} characters`);
  const parsed = documentSchema.safeParse(lowerCaseKeys(parseJson(json), LEVELS));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw keystoreCorrupt(`"${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'is wrong'}`);
}

export function keystoreCorrupt(what: string): DeskError {
  return new DeskError('KEYSTORE_CORRUPT', {
    message: `This is no usable keystore (Web3 Secret Storage version 3): ${what}. Nothing was opened or signed.`,
    remedy: 'Choose the keystore file of the right account, or restore it from a backup.',
    retry: 'never',
  });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.startsWith(BYTE_ORDER_MARK) ? json.slice(1) : json);
  } catch {
    throw keystoreCorrupt('it is not JSON');
  }
}

/** The value with keys in lower case, down to `levels`; two keys that differ in case alone are refused. */
function lowerCaseKeys(value: unknown, levels: number): unknown {
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const lowered = new Map<string, unknown>();
  for (const [key, entry] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (lowered.has(name)) throw keystoreCorrupt('one of its names stands in it twice');
    lowered.set(name, lowerCaseKeys(entry, levels - 1));
  }
  return Object.fromEntries(lowered);
}
