/** Where a key is that does not lie on this desk: read from a file or a device, and seen to be there. */
import path from 'node:path';
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import type { NewCredential } from '../../shared/desk-state.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Elsewhere } from '../operator/credential-draft.ts';
import { ledgerAddress, ledgerSigner, remoteSigner } from '../operator/operator-signers.ts';
import { describeIssues } from '../policy/describe-issues.ts';
import { readJsonFile } from '../policy/json-file.ts';
import type { Dialogs } from './needs.ts';
import type { SetUpParts } from './operator-set-up.ts';

/** What a person chose by a file dialog. @returns null where they changed their mind. */
export async function chosenFile(dialogs: Dialogs, title: string, name: string): Promise<string | null> {
  return dialogs.openFile({ title, filters: [{ name, extensions: ['json'] }] });
}

const remoteFileSchema = z.strictObject({
  url: z.url(),
  address: addressSchema,
  certFile: z.string().min(1).optional(),
  keyFile: z.string().min(1).optional(),
  caFile: z.string().min(1).optional(),
});

function notRemote(reason: string): DeskError {
  return new DeskError('OPERATOR_INVALID', {
    message: `The file ${reason}. No operator was set up.`,
    remedy:
      'It describes a remote signer by "url" and "address", and may name "certFile", "keyFile" and "caFile".',
    retry: 'safe',
  });
}

/** A remote signer as a file names it; file names in it start at its folder. */
function remoteOf(file: string): Elsewhere {
  const read = readJsonFile(file);
  if (read.kind === 'missing') throw notRemote('is not there');
  if (read.kind === 'unreadable') throw notRemote(read.reason);
  const parsed = remoteFileSchema.safeParse(read.value);
  if (!parsed.success)
    throw notRemote(`is no description of a remote signer: ${describeIssues(read.value, parsed.error)}`);
  const { url, address, certFile, keyFile, caFile } = parsed.data;
  const absolute = (name: string | undefined): string | null =>
    name === undefined ? null : path.resolve(path.dirname(file), name);
  return {
    kind: 'remote',
    url,
    address,
    certFile: absolute(certFile),
    keyFile: absolute(keyFile),
    caFile: absolute(caFile),
  };
}

/** A key that is not on this desk, once it was seen to be there. @returns null where the person changed their mind. */
export async function elsewhereOf(
  { dialogs, policy }: SetUpParts,
  credential: Exclude<NewCredential, { kind: 'keystore' }>,
): Promise<Elsewhere | null> {
  switch (credential.kind) {
    case 'export':
      return credential;
    case 'ledger': {
      const address = await ledgerAddress(
        credential.path,
        policy,
        AbortSignal.timeout(policy.signerTimeoutMs),
      );
      return seen({ kind: 'ledger', path: credential.path, address }, policy);
    }
    case 'remote': {
      const file = await chosenFile(dialogs, 'The remote signer', 'Remote signer');
      return file === null ? null : seen(remoteOf(file), policy);
    }
  }
}

async function seen(credential: Elsewhere, policy: Policy): Promise<Elsewhere> {
  if (credential.kind === 'export') return credential;
  const signer =
    credential.kind === 'remote' ? remoteSigner(credential, policy) : ledgerSigner(credential, policy);
  try {
    await signer.assertReady();
    return credential;
  } finally {
    signer.close();
  }
}
