/**
 * The one interface of everything that signs, and the one place where what a signer answers is checked. A kind of
 * signer (signers/) only says how it comes to a signed transaction; it is believed nothing.
 */
import { Transaction } from 'ethers';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import { checkedAnswer, checkedClaim, signsNoClaims } from './signed-answer.ts';
import type { SignedTransaction } from './signed-answer.ts';

export type { SignedTransaction };

export interface SignOptions {
  /** Gives up waiting; a signer elsewhere may have signed all the same. */
  readonly signal?: AbortSignal | undefined;
}

export interface Signer {
  readonly address: Address;
  /**
   * Signs a serialized unsigned transaction (EIP-155, EIP-2930 or EIP-1559) as it stands, one at a time.
   * Asking again for the same one is harmless: it has the same nonce and calldata, so only one of them is ever mined.
   * @throws DeskError SIGNER_REFUSED for what is no unsigned transaction bound to one chain; SIGNER_UNAVAILABLE,
   *   SIGNER_TIMEOUT, SIGNER_DECLINED; SIGNER_ANSWER_WRONG, and nothing of the answer is handed on. The signal's reason.
   */
  signTransaction(unsigned: Hex, options?: SignOptions): Promise<SignedTransaction>;
  /**
   * Signs a claim by its hash (ERC-735): as a personal message, which no transaction can be made of. Asking again is
   * harmless: it says the same.
   * @returns 65 bytes: r, s, v.
   * @throws DeskError CLAIM_NOT_ISSUABLE where this kind of signer signs transactions alone; as `signTransaction`.
   */
  signClaim(hash: Hex, options?: SignOptions): Promise<Hex>;
  /**
   * Whether the key is there and is the operator's; nothing is signed.
   * @throws DeskError SIGNER_UNAVAILABLE, SIGNER_TIMEOUT, SIGNER_DECLINED, SIGNER_ANSWER_WRONG. The signal's reason.
   */
  assertReady(options?: SignOptions): Promise<void>;
  /** Lets go of the key, and gives up what is being signed; every later call is refused. */
  close(): void;
}

/** What is asked of a kind of signer. */
export interface SigningRequest {
  readonly unsigned: Hex;
  /** The same, read. */
  readonly transaction: Transaction;
  readonly signal: AbortSignal;
}

/** How one kind of signer comes to a signed transaction. */
export interface SigningMeans {
  readonly address: Address;
  /** @returns the signed transaction as hex, whatever was answered: it is checked afterwards. */
  sign(request: SigningRequest): Promise<string>;
  /** Signs the personal message (EIP-191) of 32 bytes; left out where the kind cannot. @returns as `sign`. */
  readonly signMessage?: (message: Hex, signal: AbortSignal) => Promise<string>;
  assertReady(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Legacy with a chain id (EIP-155), EIP-2930, EIP-1559. SECURITY: not blobs, and above all no delegation (EIP-7702). */
export const SIGNABLE_TYPES: ReadonlySet<number | null> = new Set([0, 1, 2]);

/** A signer by the means given. */
export function signerBy(means: SigningMeans): Signer {
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: a device has one screen, and whoever looks at it must know what for. */
  function inTurn<T>(signal: AbortSignal | undefined, work: (either: AbortSignal) => Promise<T>): Promise<T> {
    const either = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
    const done = last.then(async () => {
      either.throwIfAborted();
      return work(either);
    });
    last = done.catch(() => undefined);
    return done;
  }

  return Object.freeze({
    address: means.address,
    signTransaction: async (unsigned: Hex, options: SignOptions = {}) => {
      const transaction = parseUnsigned(unsigned);
      return inTurn(options.signal, async (signal) => {
        const answer = await means.sign({ unsigned, transaction, signal });
        signal.throwIfAborted();
        return checkedAnswer(answer, unsigned, means.address);
      });
    },
    signClaim: async (hash: Hex, options: SignOptions = {}) => {
      const { signMessage } = means;
      if (signMessage === undefined) throw signsNoClaims(means.address);
      return inTurn(options.signal, async (signal) => {
        const answer = await signMessage(hash, signal);
        signal.throwIfAborted();
        return checkedClaim(answer, hash, means.address);
      });
    },
    assertReady: (options: SignOptions = {}) => inTurn(options.signal, (signal) => means.assertReady(signal)),
    close: () => {
      closing.abort(closed(means.address));
      means.close();
    },
  });
}

function parseUnsigned(unsigned: Hex): Transaction {
  let transaction: Transaction;
  try {
    transaction = Transaction.from(unsigned);
  } catch {
    throw refused('is malformed');
  }
  if (transaction.isSigned()) throw refused('is signed already');
  if (!SIGNABLE_TYPES.has(transaction.type)) throw refused('is of a kind that recoveries do not use');
  // SECURITY: without a chain id it could be replayed on every chain.
  if (transaction.chainId === 0n) throw refused('names no chain');
  if (transaction.unsignedSerialized !== unsigned) throw refused('is not in its canonical form');
  return transaction;
}

function closed(address: Address): DeskError {
  return new DeskError('SIGNER_UNAVAILABLE', {
    message: `The signer of ${address} was closed, and the desk holds its key no more. No signature was handed on, and nothing was sent.`,
    remedy: 'Unlock the desk or sign in again; what waits for this operator goes on then.',
    retry: 'safe',
  });
}

function refused(what: string): DeskError {
  return new DeskError('SIGNER_REFUSED', {
    message: `The transaction to sign ${what}. It was not signed and nothing was sent.`,
    remedy: 'Look at where the recovery stands. If it happens again, report it.',
    retry: 'never',
  });
}
