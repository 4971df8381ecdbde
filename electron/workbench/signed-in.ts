/** Who is signed in: the person, what signs for them as long as it is there, and the rights that they have on the network. */
import type { Address } from '../../shared/address.ts';
import type { SignedInView } from '../../shared/desk-state.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Operator } from '../../shared/operator.ts';
import type { Policy } from '../../shared/policy.ts';
import type { FreshProof, Prover } from '../operator/fresh-proof.ts';
import type { HeldSigner } from '../operator/held-signer.ts';
import type { OidcSession } from '../operator/oidc/session.ts';
import type { OneTimeCodes } from '../operator/one-time-codes.ts';
import type { SignedInOperator } from '../operator/open-operator.ts';
import { keystoreSigner, ledgerSigner, remoteSigner } from '../operator/operator-signers.ts';
import type { Site } from './site.ts';

export interface SignedIn {
  readonly operator: Operator;
  readonly address: Address;
  readonly identityManager: boolean;
  /** What a fresh proof is held against. */
  readonly prover: Prover;
  /** At the team's identity provider, since they signed in or unlocked; null for who signed in by passphrase. */
  readonly session: OidcSession | null;
  /** Null where signatures are made elsewhere. @throws DeskError DESK_LOCKED once it was taken away. */
  signer(): HeldSigner | null;
  /** Whether the key was taken away. */
  readonly keyless: boolean;
  /** Lets go of everything that signs; the person stays known. */
  takeKeyAway(): void;
  /**
   * Their one-time codes are others from now on, or none: a proof is held against these alone. They are closed with what
   * signs, and at once where that was taken away.
   */
  codesChanged(operator: Operator, codes: OneTimeCodes | null): void;
  /** Puts what was opened anew in place of what was taken away, with the session that goes on. */
  giveKeyBack(opened: SignedInOperator, session: OidcSession | null): void;
  close(): void;
}

/** @throws DeskError of a remote signer's files and host. */
function signerOf({ operator, key }: SignedInOperator, policy: Policy): HeldSigner | null {
  const { credential } = operator;
  switch (credential.kind) {
    case 'keystore':
      // Who signed in at a provider without opening the key has none to sign with.
      return key === null ? null : keystoreSigner(key);
    case 'remote':
      return remoteSigner(credential, policy);
    case 'ledger':
      return ledgerSigner(credential, policy);
    case 'export':
      return null;
  }
}

/** Whether the address is an identity manager of the network's system now. */
export async function isIdentityManager(site: Pick<Site, 'connection'>, address: Address): Promise<boolean> {
  const { context, chain } = site.connection;
  const reader = await chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  return system.identityManager(reader, address);
}

/**
 * Takes over what was opened: it is closed with what is returned, and at once where the rights cannot be read.
 * @throws DeskError of the network, of a remote signer's files.
 */
export async function signedInAt(
  site: Pick<Site, 'connection'>,
  policy: Policy,
  opened: SignedInOperator,
  first: OidcSession | null,
): Promise<SignedIn> {
  let session = first;
  let { operator } = opened;
  let held: {
    opened: SignedInOperator;
    codes: OneTimeCodes | null;
    signer: HeldSigner | null;
  } | null = null;
  const drop = (): void => {
    held?.signer?.close();
    held?.codes?.close();
    held?.opened.close();
    held = null;
  };
  const hold = (anew: SignedInOperator): void => {
    held = { opened: anew, codes: anew.codes, signer: signerOf(anew, policy) };
  };
  try {
    hold(opened);
    const { address } = operator.credential;
    const identityManager = await isIdentityManager(site, address);
    return {
      get operator() {
        return operator;
      },
      address,
      identityManager,
      get session() {
        return session;
      },
      get prover() {
        return { operator, codes: held?.codes ?? null };
      },
      get keyless() {
        return held === null;
      },
      signer() {
        if (held === null) throw deskLocked();
        return held.signer;
      },
      takeKeyAway: drop,
      codesChanged(changed, codes) {
        operator = changed;
        held?.codes?.close();
        if (held === null) codes?.close();
        else held = { ...held, codes };
      },
      giveKeyBack(anew, standing) {
        drop();
        session = standing;
        ({ operator } = anew);
        hold(anew);
      },
      close: drop,
    };
  } catch (thrown) {
    drop();
    opened.close();
    throw thrown;
  }
}

export function deskLocked(): DeskError {
  return new DeskError('DESK_LOCKED', {
    message: 'The desk is locked: the key is not in memory, and nothing is signed.',
    remedy: 'Unlock the desk; what waits for it goes on then.',
    retry: 'safe',
  });
}

/** What the page may know of who is signed in. */
export function signedInView({ operator, address, identityManager }: SignedIn): SignedInView {
  const { id, name, signIn, credential } = operator;
  return {
    id,
    name,
    signIn: signIn.kind,
    key: credential.kind,
    address,
    code: signIn.kind === 'passphrase' && signIn.totp,
    identityManager,
  };
}

/** What was typed as proof: a one-time code where there are codes and it looks like one, else the passphrase. */
export function proofOf({ operator }: SignedIn, typed: string): FreshProof {
  const codes = operator.signIn.kind === 'passphrase' && operator.signIn.totp;
  if (codes && isOneTimeCode(typed)) return { kind: 'totp', code: typed };
  return { kind: 'passphrase', passphrase: Buffer.from(typed, 'utf8') };
}

export function isOneTimeCode(typed: string): boolean {
  return /^\s*\d{3}\s?\d{3}\s*$/u.test(typed);
}
