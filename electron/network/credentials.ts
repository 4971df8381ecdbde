/** Reads what an endpoint wants to be authenticated with. Secrets stay in the returned value and reach no error. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import type { EndpointAuth } from '../../shared/network-profile.ts';
import { readTlsFiles } from './tls-files.ts';
import type { TlsMaterial } from './tls-files.ts';

/** Headers of every request, and options of the TLS connection. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsMaterial;
}

const NO_CREDENTIALS: Credentials = { headers: {}, tls: {} };
const PRINTABLE = /^[\x20-\x7e]+$/;

function readSecret(profileDir: string, file: string, key: string): Buffer {
  try {
    return readFileSync(path.resolve(profileDir, file));
  } catch (cause) {
    throw unreadable(file, key, cause);
  }
}

function unreadable(file: string, key: string, cause: unknown): DeskError {
  return new DeskError('FILE_UNREADABLE', {
    message: `The file named by "auth.${key}" in the network profile cannot be read: ${file}`,
    remedy: 'Check that the file is there and that you may read it. Relative names start at the profile.',
    retry: 'safe',
    cause,
  });
}

function invalid(message: string): DeskError {
  return new DeskError('PROFILE_INVALID', {
    message,
    remedy: 'Correct the file that the network profile names, then try again.',
    retry: 'never',
  });
}

/** The one line of a secret file. */
function readLine(profileDir: string, file: string, key: string): string {
  const line = readSecret(profileDir, file, key)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (!PRINTABLE.test(line)) {
    throw invalid(
      `The file named by "auth.${key}" is empty or holds more than one line of plain characters.`,
    );
  }
  return line;
}

function readKeyPair(auth: Extract<EndpointAuth, { kind: 'mtls' }>, profileDir: string): Credentials {
  const absolute = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : path.resolve(profileDir, file);
  const files = {
    certFile: absolute(auth.certFile),
    keyFile: absolute(auth.keyFile),
    caFile: absolute(auth.caFile),
  };
  const tls = readTlsFiles(files, {
    unreadable: (which, cause) => unreadable(auth[which] ?? '', which, cause),
    unusable: () =>
      invalid(
        'The certificate, key or authority named by "auth" is damaged, protected by a passphrase, or the key is not the one of the certificate.',
      ),
  });
  return { headers: {}, tls };
}

/**
 * @param profileDir the folder that relative file names start at.
 * @throws DeskError FILE_UNREADABLE or PROFILE_INVALID; neither holds a word of the file's content.
 */
export function readCredentials(auth: EndpointAuth | undefined, profileDir: string): Credentials {
  switch (auth?.kind) {
    case undefined:
      return NO_CREDENTIALS;
    case 'header':
      return {
        headers: { [auth.name.toLowerCase()]: readLine(profileDir, auth.valueFile, 'valueFile') },
        tls: {},
      };
    case 'basic': {
      const pair = `${auth.user}:${readLine(profileDir, auth.passwordFile, 'passwordFile')}`;
      return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, tls: {} };
    }
    case 'mtls':
      return readKeyPair(auth, profileDir);
  }
}
