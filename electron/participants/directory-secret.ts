/** What the desk shows a directory, in the keychain: one entry for each directory and way in. */
import type { DirectoryProfile } from '../../shared/directory-profile.ts';
import { DeskError } from '../../shared/errors.ts';
import type { DirectorySecrets } from './needs.ts';

/** SECURITY: it goes into a header, where a line break or a semicolon would begin something else. */
const USABLE = /^[\x21-\x3a\x3c-\x7e]{1,4096}$/u;

/** The name of the entry, as the person sees it in the keychain. Another address is another directory. */
export function secretAccount(profile: DirectoryProfile): string {
  const at = new URL(profile.url).href.replace(/\/+$/u, '');
  return profile.kind === 'keycloak'
    ? `directory ${at} ${profile.realm} ${profile.clientId}`
    : `directory ${at} ${profile.credential.kind}`;
}

function missing(profile: DirectoryProfile, what: string): DeskError {
  return new DeskError('DIRECTORY_SECRET_MISSING', {
    message: `The credential for the participant directory "${profile.name}" ${what}. Nothing was sent.`,
    remedy: 'Enter it with "directory sign-in": an administrator of the directory gives it out.',
    retry: 'never',
  });
}

function unread(profile: DirectoryProfile, cause: DeskError): DeskError {
  return new DeskError('DIRECTORY_SECRET_MISSING', {
    message: `The credential for the participant directory "${profile.name}" cannot be read, and nothing was sent. ${cause.message}`,
    remedy: cause.remedy,
    retry: cause.retry,
    cause,
  });
}

function textOf(bytes: Uint8Array, profile: DirectoryProfile): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!USABLE.test(text)) {
    throw missing(profile, 'is not one line of plain characters without spaces and semicolons');
  }
  return text;
}

/** The caller wipes `secret`. @throws DeskError DIRECTORY_SECRET_MISSING for what can be none; KEYCHAIN_*. */
export async function keepDirectorySecret(
  profile: DirectoryProfile,
  secrets: DirectorySecrets,
  secret: Uint8Array,
): Promise<void> {
  textOf(secret, profile);
  await secrets.write(secretAccount(profile), secret);
}

/**
 * Text, which cannot be wiped: headers are made of it.
 * @throws DeskError DIRECTORY_SECRET_MISSING, also where the keychain does not do its part: to whoever works with the
 *   directory that is a fault of the directory, which holds up nothing else.
 */
export async function directorySecret(profile: DirectoryProfile, secrets: DirectorySecrets): Promise<string> {
  const secret = await secrets.read(secretAccount(profile)).catch((thrown: unknown) => {
    throw thrown instanceof DeskError ? unread(profile, thrown) : thrown;
  });
  if (secret === null) throw missing(profile, 'is not in the keychain');
  try {
    return textOf(secret, profile);
  } finally {
    secret.fill(0);
  }
}
