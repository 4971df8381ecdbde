/** Tokens that a person named must be in the preview: passing one over in silence would look like success. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Preview } from '../../shared/preview.ts';

/** @throws DeskError TOKEN_UNKNOWN */
export function assertNamedTokens(preview: Preview, named: readonly Address[]): void {
  const unknown = named.filter((address) => preview.tokens.every((token) => token.address !== address));
  if (preview.lostWallet === null || unknown.length === 0) return;
  throw new DeskError('TOKEN_UNKNOWN', {
    message: `${unknown.join(', ')} is no token of this system. Nothing was done.`,
    remedy: 'Check the address given with --token, and that the network profile is the right one.',
    retry: 'never',
  });
}
