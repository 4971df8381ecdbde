/** Reads what an endpoint wants to be authenticated with. Secrets stay in the returned value and reach no error. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { DeskError } from '../../shared/errors.ts';
import type { EndpointAuth } from '../../shared/network-profile.ts';

/** Headers of every request, and options of the TLS connection. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: { readonly cert?: Buffer; readonly key?: Buffer; readonly ca?: Buffer };
}

const NO_CREDENTIALS: Credentials = { headers: {}, tls: {} };
const PRINTABLE = /^[\x20-\x7e]+$/;

function readSecret(profileDir: string, file: string, key: string): Buffer {
  try {
    return readFileSync(path.resolve(profileDir, file));
  } catch (cause) {
    throw new DeskError('FILE_UNREADABLE', {
      message: `The file named by "auth.${key}" in the network profile cannot be read: ${file}`,
      remedy: 'Check that the file is there and that you may read it. Relative names start at the profile.',
      retry: 'safe',
      cause,
    });
  }
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
  const tls = {
    cert: readSecret(profileDir, auth.certFile, 'certFile'),
    key: readSecret(profileDir, auth.keyFile, 'keyFile'),
    ...(auth.caFile === undefined ? {} : { ca: readSecret(profileDir, auth.caFile, 'caFile') }),
  };
  try {
    createSecureContext(tls);
  } catch {
    throw invalid(
      'The certificate, key or authority named by "auth" is damaged, protected by a passphrase, or the key is not the one of the certificate.',
    );
  }
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
