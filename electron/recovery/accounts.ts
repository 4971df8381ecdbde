/** Smart accounts of the profile's wallet factory, as replacements of lost smart accounts. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { ReadContext } from './needs.ts';
import type { ChosenReplacement } from './preview-request.ts';

function factoryMissing(): DeskError {
  return new DeskError('WALLET_FACTORY_MISSING', {
    message: 'The network profile names no factory of smart accounts that answers. Nothing was made.',
    remedy: 'Add "walletFactory" to the profile, or choose an address of the holder for this wallet.',
    retry: 'never',
  });
}

async function accountAt(context: ReadContext, owner: Address | null): Promise<Address> {
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const address = await system.accountOf(reader, owner ?? system.system);
  if (address === null) throw factoryMissing();
  return address;
}

/** The smart account that the factory makes for the first replacement. @throws DeskError WALLET_FACTORY_MISSING */
export async function accountFor(context: ReadContext, owner: ChosenReplacement): Promise<ChosenReplacement> {
  return { address: await accountAt(context, owner.address), kind: 'account', control: owner.control };
}

/** Asked before anything is made: whoever the owner will be, the factory must answer. @throws DeskError WALLET_FACTORY_MISSING */
export async function assertMakesAccounts(context: ReadContext): Promise<void> {
  await accountAt(context, null);
}
