/** The signers that an operator can have, by kind. What comes out has an address, and signs only once it is armed. */
import type { Address } from '../../shared/address.ts';
import type { Credential } from '../../shared/operator.ts';
import type { Policy } from '../../shared/policy.ts';
import { holdSigner } from './held-signer.ts';
import type { HeldSigner } from './held-signer.ts';
import { openKeystore } from './keystore.ts';
import type { OpenKey } from './keystore.ts';
import { keystoreMeans } from './signers/keystore-signer.ts';
import { ledgerAccount, ledgerMeans } from './signers/ledger-signer.ts';
import { openLedger } from './signers/ledger-device.ts';
import { remoteMeans } from './signers/remote-signer.ts';

/** @param key closed with the signer. */
export function keystoreSigner(key: OpenKey): HeldSigner {
  return holdSigner(keystoreMeans(key));
}

/**
 * Opens a keystore that lies in a file of its own. The caller wipes the passphrase.
 * @throws DeskError KEYSTORE_CORRUPT, PASSPHRASE_WRONG
 */
export async function openKeystoreSigner(json: string, passphrase: Uint8Array): Promise<HeldSigner> {
  return keystoreSigner(await openKeystore(json, passphrase));
}

/** @throws DeskError FILE_UNREADABLE, OPERATOR_INVALID for its files; HOST_NOT_ALLOWED. Connects to nothing yet. */
export function remoteSigner(
  credential: Extract<Credential, { kind: 'remote' }>,
  policy: Pick<Policy, 'allowedHosts' | 'signerTimeoutMs'>,
): HeldSigner {
  return holdSigner(remoteMeans(credential, policy));
}

/** Loads and opens nothing yet. */
export function ledgerSigner(
  credential: Extract<Credential, { kind: 'ledger' }>,
  policy: Pick<Policy, 'signerTimeoutMs'>,
): HeldSigner {
  return holdSigner(ledgerMeans(credential, { open: openLedger, timeoutMs: policy.signerTimeoutMs }));
}

/**
 * The account at a path of the Ledger that is plugged in: for setting an operator up.
 * @throws DeskError SIGNER_UNAVAILABLE, SIGNER_TIMEOUT, SIGNER_DECLINED, SIGNER_ANSWER_WRONG. The signal's reason.
 */
export function ledgerAddress(
  path: string,
  policy: Pick<Policy, 'signerTimeoutMs'>,
  signal: AbortSignal,
): Promise<Address> {
  return ledgerAccount(path, { open: openLedger, timeoutMs: policy.signerTimeoutMs }, signal);
}
