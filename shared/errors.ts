/**
 * Every error a person can meet: stable codes in groups, and the one class that carries them.
 * The group decides the exit code of the terminal (DESIGN 6).
 */
export type ErrorGroup = 'input' | 'blocked' | 'verification' | 'failed';

/** Code to group and meaning. Codes are never renamed or reused. */
export const ERRORS = {
  // bad usage or input
  BAD_USAGE: ['input', 'the command line cannot be understood'],
  ADDRESS_INVALID: ['input', 'a text is no address, or its checksum is wrong'],
  PROFILE_UNREADABLE: ['input', 'the network profile cannot be read'],
  PROFILE_INVALID: ['input', 'the network profile has unknown, missing or malformed keys'],
  POLICY_INVALID: ['input', 'the policy file has unknown or malformed keys'],
  PARTICIPANTS_INVALID: [
    'input',
    'a participants file, or what was entered of a participant, cannot be used',
  ],
  PARTICIPANTS_CHANGED: ['blocked', 'the participants were changed since they were shown'],
  PARTICIPANT_NOT_FOUND: ['input', 'no participant with that id'],
  // participant directories
  DIRECTORY_PROFILE_INVALID: ['input', 'the directory profile cannot be read, or has wrong keys'],
  DIRECTORY_SECRET_MISSING: [
    'input',
    'the credential for the participant directory is not in the keychain, or cannot be read',
  ],
  DIRECTORY_DOWN: ['failed', 'the participant directory cannot be reached'],
  DIRECTORY_TIMEOUT: ['failed', 'the participant directory did not answer in time'],
  DIRECTORY_GARBAGE: ['failed', 'the participant directory answered something that cannot be used'],
  DIRECTORY_UNAUTHORISED: ['failed', 'the participant directory refused the credentials of the desk'],
  DIRECTORY_WRONG_PERSON: ['verification', 'the participant directory answered for another person'],
  DIRECTORY_WALLET_TAKEN: ['blocked', 'the wallet belongs to somebody else in the participant directory'],
  KEYSTORE_UNREADABLE: ['input', 'the keystore file cannot be read'],
  KEYSTORE_CORRUPT: ['input', 'the keystore file is no Web3 Secret Storage v3 keystore'],
  PASSPHRASE_WRONG: ['input', 'the passphrase does not open the keystore'],
  PASSPHRASE_UNREADABLE: ['input', 'the passphrase cannot be read, or is empty'],
  PASSPHRASE_WEAK: ['input', 'the passphrase for a new wallet is too short'],
  RECOVERY_UNKNOWN: ['input', 'no recovery with that id'],
  DATA_FOLDER_NOT_A_FOLDER: ['input', 'a file lies where the data folder is to be'],
  FILE_UNREADABLE: ['input', 'a file cannot be read'],
  FILE_UNWRITABLE: ['input', 'a file cannot be written'],
  TOKEN_UNKNOWN: ['input', 'a token that was named is none of the system'],
  PROOF_INVALID: ['input', 'the proof of control is not a signature of the replacement wallet'],
  PROOF_EXPIRED: ['input', 'the proof of control has expired'],
  WALLET_FACTORY_MISSING: [
    'input',
    'a smart account was asked for, and the profile names no factory that makes one',
  ],
  PROOF_MISSING: ['input', 'a given replacement wallet needs a proof of control'],
  CALL_BACK_FORBIDDEN: ['input', 'policy does not allow a call-back in place of a proof'],
  REASON_REFUSED: ['input', 'the reason is none that a recovery is made for'],
  CONFIRMATION_WRONG: ['input', 'the confirmation text was not the one shown'],
  CONFIRMATION_MISSING: [
    'input',
    'the confirmation is missing: there is no terminal to ask for it, or whoever signs a part has not given it',
  ],
  HOLD_REFERENCE_MISSING: ['input', 'a possible legal hold has not been acknowledged with a reference'],
  // the hand-over of a generated wallet
  HAND_OVER_WALLET_UNKNOWN: ['input', 'the wallet is none that the recovery is to'],
  HAND_OVER_WALLET_UNNAMED: ['input', 'several wallets of the recovery are handed over, and none was named'],
  HAND_OVER_NOT_READY: ['blocked', 'there is nothing to hand over, or not yet'],
  HAND_OVER_WAITS: [
    'blocked',
    'the desk still needs the wallet: it is to recover tokens itself, or a recovery to it has not ended',
  ],
  HOLDERS_WAY_CLOSED: ['blocked', 'the wallet is its holder’s own, who recovers these tokens with it'],
  HAND_OVER_SECOND_PERSON: ['blocked', 'this operator took the other half of the wallet'],
  HAND_OVER_INCOMPLETE: ['blocked', 'the hand-over cannot be marked done as it stands'],
  HAND_OVER_DONE: ['blocked', 'the hand-over is done, and the desk keeps nothing of the wallet'],
  HAND_OVER_NOT_KEPT: ['blocked', 'the desk does not have the passphrase of the wallet'],
  HAND_OVER_ALTERED: ['verification', 'what the desk keeps of a wallet is damaged or was changed'],
  HAND_OVER_NOT_CLEARED: ['failed', 'what the desk keeps of a wallet could not be removed'],
  RECIPIENT_INVALID: ['input', 'a text is no public key that a file can be encrypted to'],
  // claims
  CLAIMS_UNREADABLE: ['failed', 'the claims of an identity, or what is asked of it, cannot be read'],
  CLAIM_ISSUER_UNTRUSTED: ['blocked', 'the key is of no issuer that is trusted for the topic'],
  CLAIM_NOT_ISSUABLE: ['blocked', 'a claim cannot be issued from this desk as it was asked for'],
  CLAIMS_BY_EXECUTOR: ['blocked', 'policy does not let whoever executed a recovery issue claims in it'],
  // the window's contract
  PROCEDURE_UNKNOWN: ['input', 'the window asked for something that there is not'],
  SENDER_REFUSED: ['input', 'a page that is not the desk asked for something'],
  RIGHT_MISSING: ['blocked', 'who is signed in may not do this, or nobody is signed in'],
  INPUT_INVALID: ['input', 'what was entered is not in the form that is needed'],
  OUTPUT_INVALID: ['failed', 'an answer is not in the form that was promised'],
  KEY_USED: ['blocked', 'the same intention was carried out before, or with something else'],
  TOO_MANY_CALLS: ['blocked', 'the window asks for more than can be answered'],
  LOCKED_ON_RECOVERY: ['blocked', 'a recovery is being executed, and everything else waits for it'],
  WIZARD_ELSEWHERE: ['blocked', 'the recovery is at another step than the one this belongs to'],
  NOT_CONNECTED: ['blocked', 'no network is connected'],
  ENTRY_CANCELLED: ['blocked', 'the entry window was closed without an entry'],
  ENTRY_LOST: ['blocked', 'the entry window ended by itself, without an entry'],
  NETWORK_UNKNOWN: ['input', 'there is no network profile of that id on this desk'],
  SETTINGS_UNUSABLE: ['failed', 'the settings of the desk cannot be read or written'],
  // operators
  OPERATOR_UNKNOWN: ['input', 'there is no operator of that name on this desk'],
  OPERATOR_INVALID: ['input', 'an operator cannot be set up like this'],
  SIGN_IN_FORBIDDEN: ['blocked', 'policy does not allow this way of signing in'],
  SIGN_IN_DELAYED: ['blocked', 'after wrong attempts the next one has to wait'],
  TOTP_WRONG: ['input', 'the one-time code is wrong or was used before'],
  TOTP_CLOCK_SKEW: ['failed', 'the one-time code fits another time than the clock of this machine'],
  RECOVERY_CODE_WRONG: ['input', 'the recovery code is wrong or was used before'],
  KEY_IMPORT_INVALID: ['input', 'what was entered is no private key, recovery phrase or derivation path'],
  DESK_LOCKED: ['blocked', 'the desk is locked'],
  WAITING_FOR_OPERATOR: ['failed', 'a part of the recovery waits for another operator'],
  WAITING_FOR_SIGNATURES: ['failed', 'the recovery waits for transactions that are signed elsewhere'],
  // the keychain and the vault
  KEYCHAIN_UNAVAILABLE: ['failed', 'there is no keychain of the operating system to work with'],
  KEYCHAIN_LOCKED: ['failed', 'the keychain is locked, or has no collection to write to'],
  KEYCHAIN_TIMEOUT: ['failed', 'the keychain did not answer in time'],
  KEYCHAIN_ENTRY_MISSING: ['failed', 'the entry that the key is wrapped with is not in the keychain'],
  VAULT_CORRUPT: ['verification', 'what is stored of an operator is damaged or was changed'],
  VAULT_NEEDS_KEYCHAIN: ['blocked', 'policy allows no key without the keychain'],
  // OpenID Connect
  OIDC_UNAVAILABLE: ['failed', 'the identity provider cannot be reached or does not work as it should'],
  OIDC_PORT_TAKEN: ['failed', 'no port is free for the answer of the identity provider'],
  OIDC_DENIED: [
    'blocked',
    'the sign-in was denied: by the identity provider, by the person there, or because policy requires more of the person',
  ],
  OIDC_UNTRUSTED: ['failed', 'an answer of the identity provider cannot be trusted'],
  OIDC_ENDED: [
    'blocked',
    'the sign-in at the identity provider was given up, took too long, has run out or was taken back',
  ],
  // signers
  SIGNER_UNAVAILABLE: ['failed', 'the signer cannot be reached, or does not work as one'],
  SIGNER_TIMEOUT: ['failed', 'the signer did not answer in time'],
  SIGNER_DECLINED: ['failed', 'the signer, or the person at it, declined to sign'],
  SIGNER_ANSWER_WRONG: ['verification', 'the signer answered for another address or another transaction'],
  // blocked
  BLOCKED: ['blocked', 'the preview shows blockers'],
  PLAN_VOID: ['blocked', 'what the plan rests on has changed'],
  PLAN_USED: ['blocked', 'the plan was executed before'],
  CHAIN_ID_MISMATCH: ['blocked', 'the endpoint serves another chain than the profile names'],
  SYSTEM_NOT_FOUND: ['blocked', 'there is no such system at the address'],
  RECOVERY_IN_PROGRESS: ['blocked', 'a recovery of this participant is under way'],
  // verification
  PREVIEW_ALTERED: ['verification', 'the preview file does not match its digest'],
  PREVIEW_INVALID: ['verification', 'the file is no preview that this version reads'],
  AUDIT_BROKEN: ['verification', 'the audit log does not hold together'],
  PLAN_ALTERED: ['verification', 'a stored plan does not match its digest'],
  KEYSTORE_ADDRESS_DIFFERS: ['verification', 'the replacement keystore opens to another address'],
  // failed: network and chain
  HOST_NOT_ALLOWED: ['failed', 'a connection to this host is not allowed'],
  ENDPOINT_UNREACHABLE: ['failed', 'no endpoint of the network answers'],
  ENDPOINT_TIMEOUT: ['failed', 'the endpoint did not answer in time'],
  ENDPOINT_REFUSED: ['failed', 'the endpoint refused the credentials'],
  ENDPOINT_GARBAGE: ['failed', 'the endpoint answered something that is no JSON-RPC'],
  RPC_ERROR: ['failed', 'the node answered with an error'],
  BLOCK_CHANGED: ['failed', 'the block read at is no longer part of the chain'],
  LOG_SCAN_FAILED: ['failed', 'the node does not answer log queries even for small ranges'],
  OPERATOR_KEY_IN_USE_ELSEWHERE: ['failed', 'another program sends transactions with the operator key'],
  OPERATOR_OUT_OF_FUNDS: ['failed', 'the operator cannot pay for the next transaction'],
  COST_BOUND_REACHED: ['failed', 'the next transaction would go past the highest cost of the plan'],
  SIGNER_REFUSED: ['failed', 'the transaction is not one of the confirmed plan'],
  NOT_MINED: ['failed', 'a sent transaction was not mined in time'],
  BROADCAST_REJECTED: ['failed', 'the node did not take a transaction'],
  OPERATOR_BUSY: ['blocked', 'the operator has transactions of another recovery under way'],
  OPERATOR_DIFFERS: ['input', 'the recovery was begun by another operator'],
  VERIFICATION_FAILED: ['verification', 'the recovery does not stand on chain as it should'],
  STATE_CONFLICT: ['failed', 'the chain stands in a way that the plan does not allow for'],
  STEP_REVERTED: ['failed', 'a step was refused by the contract'],
  RECOVERED_ELSEWHERE: ['failed', 'the lost wallet is linked to another replacement'],
  INTERRUPTED: ['failed', 'the work was interrupted'],
  RECOVERY_NOT_RESUMABLE: ['failed', 'the recovery has ended and cannot be resumed'],
  // failed: data folder and store
  DATA_FOLDER_UNUSABLE: ['failed', 'the data folder cannot be used'],
  DATA_FOLDER_ON_NETWORK: ['failed', 'the data folder lies on a network drive'],
  DATA_FOLDER_IN_USE: ['failed', 'another process works with the data folder'],
  DISK_FULL: ['failed', 'the disk is full'],
  DATABASE_NEWER: ['failed', 'the database was written by a newer version'],
  DATABASE_CORRUPT: ['failed', 'the database is damaged'],
  // failed: practice network, internal
  PRACTICE_UNAVAILABLE: ['failed', 'the practice network cannot start'],
  INTERNAL: ['failed', 'a fault of the program itself'],
} as const satisfies Record<string, readonly [ErrorGroup, string]>;

export type ErrorCode = keyof typeof ERRORS;

/** Whether the same call may be made again: `unsafe` means look first, `never` means something must change. */
export type Retry = 'safe' | 'unsafe' | 'never';

export interface DeskErrorParts {
  /** What happened, and what was and was not done, in a sentence for a person. */
  readonly message: string;
  /** What to do next. */
  readonly remedy: string;
  readonly retry: Retry;
  readonly cause?: unknown;
}

/** A coded error in words for a person. Never carries a secret: `cause` stays in main and is not printed. */
export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly retry: Retry;

  constructor(code: ErrorCode, parts: DeskErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = code;
    this.remedy = parts.remedy;
    this.retry = parts.retry;
  }

  get group(): ErrorGroup {
    return ERRORS[this.code][0];
  }

  /** The form that leaves the process: no cause, no stack. */
  toJSON(): { code: ErrorCode; message: string; remedy: string; retry: Retry } {
    return { code: this.code, message: this.message, remedy: this.remedy, retry: this.retry };
  }
}

/** Whatever was thrown, as a coded error; what is not coded yet is a fault of the program. */
export function asDeskError(thrown: unknown): DeskError {
  if (thrown instanceof DeskError) return thrown;
  return new DeskError('INTERNAL', {
    message: 'Recovery Desk met a fault of its own. What was stored and sent before it is kept.',
    remedy:
      'Look at where each recovery stands, and resume what stands still. If it happens again, report it.',
    retry: 'unsafe',
    cause: thrown,
  });
}
