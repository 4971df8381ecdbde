/** Challenges that the holder of a replacement wallet signs to prove control of it. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { addressColumn, integerColumn } from './columns.ts';
import type { Store } from './database.ts';

export interface StoredChallenge {
  readonly participantId: string;
  readonly lostWallet: Address;
  readonly replacement: Address;
  readonly chainId: number;
  /** Seconds since 1970. */
  readonly expiry: number;
  readonly createdAt: string;
}

export interface ChallengeRepository {
  insert(challenge: StoredChallenge): void;
  /** Newest first. */
  find(chainId: number, lostWallet: Address, replacement: Address): readonly StoredChallenge[];
}

const rowSchema = z.lazy(() =>
  z.object({
    participantId: z.string(),
    lostWallet: addressColumn,
    replacement: addressColumn,
    chainId: integerColumn,
    expiry: integerColumn,
    createdAt: z.string(),
  }),
);

export function challengeRepository(store: Store): ChallengeRepository {
  return {
    insert({ participantId, lostWallet, replacement, chainId, expiry, createdAt }) {
      store.run(
        `INSERT INTO challenge (participantId, lostWallet, replacement, chainId, expiry, createdAt)
         VALUES (:participantId, :lostWallet, :replacement, :chainId, :expiry, :createdAt)`,
        { participantId, lostWallet, replacement, chainId, expiry, createdAt },
      );
    },
    find: (chainId, lostWallet, replacement) =>
      store.rows(
        rowSchema,
        `SELECT * FROM challenge
         WHERE chainId = :chainId AND lostWallet = :lostWallet AND replacement = :replacement
         ORDER BY id DESC`,
        { chainId, lostWallet, replacement },
      ),
  };
}
