/** Which rights on a SMART system a wallet holds: a recovery takes none of them away. */
import type { Address } from '../../../shared/address.ts';
import type { HeldRight } from '../../../shared/preview.ts';
import type { ChainView } from '../recovery-protocol.ts';
import { heldKeys } from './held-keys.ts';
import { heldRoles } from './held-roles.ts';
import type { SmartParts } from './parts.ts';

/** Roles first, then keys, each in the order in which they were given. @throws DeskError where the chain does not answer. */
export async function rightsOf(
  view: ChainView,
  parts: SmartParts,
  wallet: Address,
  tokens: readonly Address[],
  except: Address | null,
): Promise<readonly HeldRight[]> {
  const [roles, keys] = await Promise.all([
    heldRoles(view, parts, wallet, tokens),
    heldKeys(view, parts, wallet, except),
  ]);
  return [...roles, ...keys];
}
