/** What may be asked around operators: set up, sign in and out, lock and unlock, rights, changes. */
import { z } from 'zod';
import { deskStateSchema, newCredentialSchema, operatorRightsSchema } from './desk-state.ts';
import { operatorIdSchema, operatorNameSchema } from './operator.ts';
import { anyone, effect, key, nothing, reading, savedAs, signedIn } from './procedure-parts.ts';

/** What whoever is signed in changes about themselves; the entry window asks for all that it takes. */
const ofOneself = { input: z.strictObject({ key }), output: deskStateSchema, ...signedIn, ...effect };

export const OPERATOR_PROCEDURES = {
  /**
   * Sets an operator up: the entry window asks for passphrases, keys and addresses of signers, file dialogs for files.
   * Whoever is set up signs in afterwards like everybody else; rights come from the chain alone.
   */
  'operator.create': {
    input: z.lazy(() =>
      z.strictObject({
        key,
        name: operatorNameSchema,
        signIn: z.enum(['passphrase', 'oidc']),
        credential: newCredentialSchema,
      }),
    ),
    output: deskStateSchema,
    ...anyone,
    ...effect,
  },
  /** Opens the entry window for passphrase and one-time code, or the browser of the system for the OpenID provider. */
  'operator.signIn': {
    input: z.lazy(() => z.strictObject({ key, operatorId: operatorIdSchema })),
    output: deskStateSchema,
    right: 'anyone',
    duringRecovery: true,
    ...effect,
  },
  /** Refused while a recovery is being executed: it signs with the key. One that stands still may be left to wait. */
  'operator.signOut': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    right: 'signedIn',
    duringRecovery: true,
    whileLocked: true,
    ...effect,
  },

  /** Locks the desk and takes the key out of memory: a recovery that is executed waits. */
  'operator.lock': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    right: 'signedIn',
    duringRecovery: true,
    whileLocked: true,
    ...effect,
  },
  /** Opens the entry window for a fresh proof of whoever is signed in. */
  'operator.unlock': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    right: 'signedIn',
    duringRecovery: true,
    whileLocked: true,
    ...effect,
  },
  /** Reads the rights of whoever is signed in, per token, from the chain. */
  'operator.rights': { input: nothing, output: operatorRightsSchema, ...signedIn, ...reading },
  'operator.changePassphrase': ofOneself,
  /** One-time codes (RFC 6238): shows the secret and ten recovery codes in the entry window, once. */
  'operator.setUpCode': ofOneself,
  'operator.removeCode': ofOneself,
  'operator.newRecoveryCodes': ofOneself,
  /** Saves the key as a v3 keystore under a passphrase of its own; asks for the operator's first. */
  'operator.exportKey': { input: z.strictObject({ key }), output: savedAs, ...signedIn, ...effect },
  /** Removes whoever is signed in from this desk, with the key and its entry in the keychain. */
  'operator.remove': ofOneself,
} as const;
