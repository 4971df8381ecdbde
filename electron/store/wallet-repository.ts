/**
 * Replacement wallets that the desk made: where the keystore lies, never what is in it; and until it is handed over, the
 * passphrase, sealed by who alone can open it.
 */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { hash32Schema } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';
import { addressColumn } from './columns.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';

export interface GeneratedWallet {
  readonly address: Address;
  /** File name inside the data folder. */
  readonly keystoreFile: string;
  /** SHA-256 of the file's bytes; null where it was not kept. */
  readonly keystoreDigest: Hex | null;
  /** The plan that hands the wallet out; null until it is made. */
  readonly planDigest: Hex | null;
  readonly createdAt: string;
}

export interface WalletRepository {
  insert(wallet: GeneratedWallet): void;
  get(address: Address): GeneratedWallet | null;
  /** Ties the wallet to its plan, once. */
  bind(address: Address, planDigest: Hex): void;
  /** Oldest first. */
  list(): readonly GeneratedWallet[];
  /** Keeps the sealed passphrase of a wallet. */
  keep(address: Address, sealed: string): void;
  /** The sealed passphrase; null where none is kept. */
  kept(address: Address): string | null;
  /** Lets go of it; its bytes are overwritten where they lay. */
  forget(address: Address): void;
}

const rowSchema = z.lazy(() =>
  z.object({
    address: addressColumn,
    keystoreFile: z.string(),
    keystoreDigest: hash32Schema.nullable(),
    planDigest: hash32Schema.nullable(),
    createdAt: z.string(),
  }),
);

const keptSchema = z.object({ sealed: z.string() });

export function walletRepository(store: Store): WalletRepository {
  return {
    insert({ address, keystoreFile, keystoreDigest, planDigest, createdAt }) {
      store.run(
        `INSERT INTO generatedWallet (address, keystoreFile, keystoreDigest, planDigest, createdAt)
         VALUES (:address, :keystoreFile, :keystoreDigest, :planDigest, :createdAt)`,
        { address, keystoreFile, keystoreDigest, planDigest, createdAt },
      );
    },
    get: (address) =>
      store.row(rowSchema, 'SELECT * FROM generatedWallet WHERE address = :address', { address }),
    bind(address, planDigest) {
      const { changes } = store.run(
        `UPDATE generatedWallet SET planDigest = :planDigest WHERE address = :address AND planDigest IS NULL`,
        { address, planDigest },
      );
      if (changes !== 1) throw new IllegalTransition(`${address} is no generated wallet without a plan`);
    },
    list: () => store.rows(rowSchema, 'SELECT * FROM generatedWallet ORDER BY rowid'),
    keep(address, sealed) {
      store.run('INSERT INTO keptPassphrase (address, sealed) VALUES (:address, :sealed)', {
        address,
        sealed,
      });
    },
    kept: (address) =>
      store.row(keptSchema, 'SELECT sealed FROM keptPassphrase WHERE address = :address', { address })
        ?.sealed ?? null,
    forget(address) {
      store.run('DELETE FROM keptPassphrase WHERE address = :address', { address });
    },
  };
}
