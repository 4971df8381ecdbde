/** What the recovery room needs of rooms on its own level or above; `desk.ts` hands the implementations in. */
import type { Address } from '../../shared/address.ts';
import type { Access, Capabilities, DirectoryEffect } from '../../shared/directory.ts';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import type { Participant } from '../../shared/participant.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Preview } from '../../shared/preview.ts';
import type { Journal } from '../../shared/journal.ts';
import type { Hex } from '../../shared/values.ts';
import type { Chain, PinnedReader } from '../chain/types.ts';
import type { LogScanner, RecoveryProtocol } from '../protocols/recovery-protocol.ts';

/** Makes and opens Web3 Secret Storage version 3 keystores. Keys never pass through it in clear. */
export interface KeystoreCodec {
  /** A new random key, sealed under the passphrase with scrypt N of at least 131072. */
  create(passphrase: Uint8Array): Promise<{ readonly address: Address; readonly json: string }>;
  /** Throws KEYSTORE_CORRUPT or PASSPHRASE_WRONG. */
  open(json: string, passphrase: Uint8Array): Promise<{ readonly address: Address }>;
}

/** Keeps the passphrase of a generated wallet until it is handed over; in clear it is never on the disk. */
export interface PassphraseCustody {
  /** What is to be stored beside the wallet. The caller wipes the passphrase. @throws DeskError KEYCHAIN_* */
  seal(wallet: KeptWallet, passphrase: Uint8Array): Promise<string>;
  /** The caller wipes it. @throws DeskError KEYCHAIN_*, HAND_OVER_ALTERED */
  open(wallet: KeptWallet, sealed: string): Promise<Uint8Array>;
  /** Once this returns nobody opens what was sealed. @throws DeskError KEYCHAIN_* */
  forget(address: Address): Promise<void>;
}

interface KeptWallet {
  readonly address: Address;
  /** Its keystore, as it lies on the disk. */
  readonly keystore: string;
}

/** Where people's records and sign-ins are kept, whatever keeps them: every call may take its time and throw DIRECTORY_*. */
export interface Directory {
  readonly kind: string;
  capabilities(call?: DirectoryCall): Promise<Capabilities>;
  get(id: string, call?: DirectoryCall): Promise<Participant | null>;
  findByWallet(wallet: Address, call?: DirectoryCall): Promise<Participant | null>;
  access(id: string, call?: DirectoryCall): Promise<Access>;
  /** Idempotent, like all the effects. */
  revokeSessions(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  resetFactors(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  holdSignIn(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  releaseSignIn(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  linkWallet(
    id: string,
    link: { readonly lost: Address; readonly replacement: Address; readonly effective: boolean },
    call?: DirectoryCall,
  ): Promise<DirectoryEffect>;
}

interface DirectoryCall {
  readonly signal?: AbortSignal | undefined;
}

/** The people a recovery can be for. */
export interface People {
  /** null: there is none, and a person is known by the on-chain identity alone. */
  directory(): Directory | null;
  /** The person as the chain knows them. */
  fromChain(wallet: Address, identity: Address | null): Participant;
}

/** Signs as one address. Never hands out a key. */
export interface Signer {
  readonly address: Address;
  /**
   * A signer elsewhere may have signed although it throws, no answer having come. Nobody else has what it signed, and
   * the same unsigned transaction may be signed again: same nonce, same calldata, so at the most one is mined.
   * @param options.signal gives up waiting, with its reason.
   */
  signTransaction(
    unsigned: Hex,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<{ readonly raw: Hex; readonly hash: Hex }>;
  /** Signs a claim by its hash. @returns 65 bytes: r, s, v. @throws as `signTransaction`. */
  signClaim(hash: Hex, options?: { readonly signal?: AbortSignal | undefined }): Promise<Hex>;
}

export interface PlanStore {
  save(plan: Plan): Hex;
  /** Throws PLAN_ALTERED when what is stored no longer has its digest. */
  get(digest: Hex): Plan | null;
}

export interface PreviewStore {
  save(preview: Preview): Hex;
  get(digest: Hex): Preview | null;
}

/** Raised cost bounds, as the audit log tells of them. */
export interface AuditedRaises {
  /** Whether the log holds together, and tells that the recovery's bound was raised to so many wei. */
  tells(recoveryId: string, highestCost: string): boolean;
}

/** Everything that reading a preview rests on. */
export interface ReadContext {
  readonly profile: NetworkProfile;
  readonly policy: Policy;
  readonly chain: Chain;
  readonly protocol: RecoveryProtocol;
  /** A scanner of logs up to the reader's block, with its memory and progress. */
  scanner(reader: PinnedReader): LogScanner;
  readonly people: People;
  readonly journal: Pick<Journal, 'open' | 'list' | 'unsettled' | 'handOverOfWallet'>;
  readonly now: () => Date;
}
