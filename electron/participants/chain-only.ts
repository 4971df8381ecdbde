/** Stands in where there is no directory: a participant is then an on-chain identity, without a name. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';

/** What ids of chain participants begin with; a directory may not give out such ids. */
export const CHAIN_ID_PREFIXES = ['identity:', 'wallet:'] as const;

/**
 * The participant behind a lost wallet.
 * Give the identity that the wallet had before any recovery (`identityFactory.getIdentity(lost)` in SMART, which
 * answers the old one afterwards too): the id is then the same before, during and after.
 * @param identity null where the wallet never had one; the id then names the wallet.
 */
export function chainParticipant(
  chainId: number,
  lostWallet: Address,
  identity: Address | null,
): Participant {
  return {
    id: identity === null ? `wallet:${chainId}:${lostWallet}` : `identity:${chainId}:${identity}`,
    name: null,
    source: 'chain',
    wallets: [{ address: lostWallet, effective: true }],
  };
}
