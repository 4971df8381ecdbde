/** Which rights on a SMART system a wallet holds. */
import type { Address } from '../../../shared/address.ts';
import type { HeldRight } from '../../../shared/preview.ts';
import type { ChainView } from '../recovery-protocol.ts';
import type { SmartParts } from './parts.ts';

export async function rightsOf(
  _view: ChainView,
  _parts: SmartParts,
  _wallet: Address,
  _tokens: readonly Address[],
  _except: Address | null,
): Promise<readonly HeldRight[]> {
  return Promise.resolve([]);
}
