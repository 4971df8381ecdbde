/** Signs complete transactions and nothing else. What may be signed is decided by the caller, from the stored plan. */
import { Transaction } from 'ethers';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import type { OpenKey } from './keystore.ts';

export interface SignedTransaction {
  /** The signed transaction as it is broadcast. */
  readonly raw: Hex;
  readonly hash: Hex;
}

export interface Signer {
  readonly address: Address;
  /** Signs a serialized unsigned transaction (EIP-155, EIP-2930 or EIP-1559) as it stands. */
  signTransaction(unsigned: Hex): Promise<SignedTransaction>;
  /** Lets go of the key; every later call is refused. */
  close(): void;
}

/** Legacy with a chain id (EIP-155), EIP-2930, EIP-1559; not blobs, and above all not delegations (EIP-7702). */
const SIGNABLE_TYPES: ReadonlySet<number | null> = new Set([0, 1, 2]);

/**
 * A signer over an opened keystore. The same unsigned transaction always gives the same bytes and hash (RFC 6979).
 * @throws DeskError SIGNER_REFUSED for what is no unsigned transaction bound to one chain.
 */
export function keystoreSigner(key: OpenKey): Signer {
  const signNow = (unsigned: Hex): SignedTransaction => {
    const transaction = parseUnsigned(unsigned);
    transaction.signature = key.sign(transaction.unsignedHash as Hex);
    const raw = transaction.serialized as Hex;
    const signed = Transaction.from(raw);
    if (signed.from !== key.address || signed.hash === null || signed.unsignedSerialized !== unsigned) {
      throw new Error('the signature does not give the signer back');
    }
    return { raw, hash: signed.hash as Hex };
  };
  return Object.freeze({
    address: key.address,
    signTransaction: async (unsigned: Hex) => signNow(unsigned),
    close: () => key.close(),
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

function refused(what: string): DeskError {
  return new DeskError('SIGNER_REFUSED', {
    message: `The transaction to sign ${what}. It was not signed and nothing was sent.`,
    remedy: 'Look at where the recovery stands. If it happens again, report it.',
    retry: 'never',
  });
}
