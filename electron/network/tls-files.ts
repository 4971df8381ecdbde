/** Reads certificates and keys from files. No word of their content reaches an error. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

export interface TlsMaterial {
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** Trusted instead of the authorities of the system. */
  readonly ca?: Buffer;
}

/** Files by absolute name; undefined where there is none. */
export interface TlsFiles {
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly caFile: string | undefined;
}

export interface TlsFileFaults {
  unreadable(which: keyof TlsFiles, cause: unknown): Error;
  /** Damaged, protected by a passphrase, or a key of another certificate. */
  unusable(): Error;
}

export function readTlsFiles(files: TlsFiles, faults: TlsFileFaults): TlsMaterial {
  const read = (which: keyof TlsFiles): Buffer | undefined => {
    const file = files[which];
    if (file === undefined) return undefined;
    try {
      return readFileSync(file);
    } catch (cause) {
      throw faults.unreadable(which, cause);
    }
  };
  const [cert, key, ca] = [read('certFile'), read('keyFile'), read('caFile')];
  const material = {
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(ca === undefined ? {} : { ca }),
  };
  try {
    createSecureContext(material);
  } catch {
    throw faults.unusable();
  }
  return material;
}
