/** What a person is told when the vault of an operator does not open. */
import { DeskError } from '../../shared/errors.ts';

const NOTHING_OPENED = 'Nothing was opened or signed.';

export function vaultCorrupt(): DeskError {
  return new DeskError('VAULT_CORRUPT', {
    message: `What is stored of this operator is damaged, was changed, or does not belong with the entry in the keychain. ${NOTHING_OPENED}`,
    remedy:
      'Restore the data folder and the keychain from backups of the same day, or import the key again. If nobody can say how it came about, treat it as tampering: report it, and consider the key exposed.',
    retry: 'never',
  });
}

export function vaultPassphraseWrong(): DeskError {
  return new DeskError('PASSPHRASE_WRONG', {
    message: `The passphrase is not the one of this operator. ${NOTHING_OPENED}`,
    remedy: 'Check the name, the keyboard layout and Caps Lock, then enter the passphrase again.',
    retry: 'safe',
  });
}

export function vaultNeedsKeychain(): DeskError {
  return new DeskError('VAULT_NEEDS_KEYCHAIN', {
    message: `The policy of this desk allows no key that opens with a passphrase alone. ${NOTHING_OPENED}`,
    remedy:
      'Work on a machine with a keychain, and import the key there; or ask who keeps the policy to set allowVaultWithoutKeychain.',
    retry: 'never',
  });
}

export function entryMissing(): DeskError {
  return new DeskError('KEYCHAIN_ENTRY_MISSING', {
    message: `The keychain is open, but the entry "Recovery Desk" of this operator is not in it; without it the key cannot be opened. ${NOTHING_OPENED}`,
    remedy:
      'Sign in to this machine as the person who set up the operator, or restore that keychain from its backup. If it is lost, import the key again from its own backup.',
    retry: 'safe',
  });
}

export function noKeyHere(): DeskError {
  return new DeskError('OPERATOR_INVALID', {
    message: 'The key of this operator is not on this desk, so there is none to export.',
    remedy: 'Look for it where the operator signs: the remote signer, the hardware signer or the Safe.',
    retry: 'never',
  });
}
