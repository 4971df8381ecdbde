/** A key that comes to this desk: from a file, typed in, or made here. */
import path from 'node:path';
import type { NewCredential } from '../../shared/desk-state.ts';
import type { EntryValues, FormView } from '../../shared/entry-view.ts';
import type { KeySource } from '../operator/key-import.ts';
import { readKeystoreFile } from '../operator/keystore.ts';
import { wipe } from '../operator/passphrase.ts';
import { keystoreKeyForm, phraseForm, privateKeyForm, secretOf, textOf } from './entry-forms.ts';
import type { Dialogs } from './needs.ts';
import { chosenFile } from './elsewhere-entry.ts';

export type KeyForm = { readonly form: FormView; readonly source: (values: EntryValues) => KeySource };

function keyFormOf(from: 'key' | 'phrase'): KeyForm {
  if (from === 'key') {
    return {
      form: privateKeyForm(),
      source: (values) => ({ kind: 'privateKey', hex: secretOf(values, 'key') }),
    };
  }
  return {
    form: phraseForm(),
    source(values) {
      const extra = textOf(values, 'extra');
      const typed = textOf(values, 'path').trim();
      return {
        kind: 'phrase',
        phrase: secretOf(values, 'phrase'),
        passphrase: extra === '' ? null : Buffer.from(extra, 'utf8'),
        ...(typed === '' ? {} : { path: typed }),
      };
    },
  };
}

export function wipeSource(source: KeySource): void {
  if (source.kind === 'privateKey') wipe(source.hex);
  if (source.kind === 'keystore') wipe(source.passphrase);
  if (source.kind !== 'phrase') return;
  wipe(source.phrase);
  if (source.passphrase !== null) wipe(source.passphrase);
}

/** A key from a file, typed in, or made here. @returns null where the person changed their mind at the file dialog. */
export async function keyFormFor(
  dialogs: Dialogs,
  from: Extract<NewCredential, { kind: 'keystore' }>['from'],
): Promise<KeyForm | null | 'made'> {
  if (from === 'new') return 'made';
  if (from !== 'file') return keyFormOf(from);
  const file = await chosenFile(dialogs, 'The keystore', 'Keystore (Web3 Secret Storage v3)');
  if (file === null) return null;
  const json = await readKeystoreFile(file);
  return {
    form: keystoreKeyForm(path.basename(file)),
    source: (values) => ({ kind: 'keystore', json, passphrase: secretOf(values, 'passphrase') }),
  };
}
