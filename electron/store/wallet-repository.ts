/** Replacement wallets that the desk made: where the keystore lies, never what is in it. */
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
}

const rowSchema = z.object({
  address: addressColumn,
  keystoreFile: z.string(),
  planDigest: hash32Schema.nullable(),
  createdAt: z.string(),
});

export function walletRepository(store: Store): WalletRepository {
  return {
    insert({ address, keystoreFile, planDigest, createdAt }) {
      store.run(
        `INSERT INTO generatedWallet (address, keystoreFile, planDigest, createdAt)
         VALUES (:address, :keystoreFile, :planDigest, :createdAt)`,
        { address, keystoreFile, planDigest, createdAt },
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
  };
}
