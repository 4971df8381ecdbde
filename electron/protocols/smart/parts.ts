/** Finds a SMART system's contracts from its address alone (CHAIN A). */
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { PinnedReader } from '../../chain/types.ts';
import { ATK_SYSTEM_INTERFACE_ID, addressAnswer, boolAnswer, call } from './abi.ts';

const NEEDED = ['identityRegistry', 'identityFactory', 'tokenFactoryRegistry', 'accessManager'] as const;
const FURTHER = ['identityRegistryStorage', 'trustedIssuersRegistry', 'topicSchemeRegistry'] as const;

export type SmartParts = Readonly<Record<(typeof NEEDED)[number], Address>> &
  Readonly<Partial<Record<(typeof FURTHER)[number] | 'walletFactory', Address>>>;

function notFound(system: Address, why: string): DeskError {
  return new DeskError('SYSTEM_NOT_FOUND', {
    message: `There is no SMART system at ${system}: ${why}. Nothing was done.`,
    remedy:
      'Check "system" and "chainId" in the network profile against what the platform operator published.',
    retry: 'never',
  });
}

/**
 * Reads the system's parts at the reader's block.
 * @throws DeskError SYSTEM_NOT_FOUND when the address holds no code, denies IATKSystem, or names no registry.
 */
export async function findParts(reader: PinnedReader, system: Address): Promise<SmartParts> {
  if ((await reader.code(system)) === '0x') throw notFound(system, 'no contract stands at this address');
  const names = [...NEEDED, ...FURTHER];
  const [isSystem, ...answers] = await reader.calls([
    call(system, 'supportsInterface', [ATK_SYSTEM_INTERFACE_ID]),
    ...names.map((name) => call(system, name)),
  ]);
  if (boolAnswer('supportsInterface', isSystem) === false) {
    throw notFound(system, 'the contract says that it is none (ERC-165 IATKSystem)');
  }
  const found = new Map(names.map((name, index) => [name, addressAnswer(name, answers[index])]));
  const need = (name: (typeof NEEDED)[number]): Address => {
    const address = found.get(name);
    if (address === undefined || address === null) throw notFound(system, `it names no ${name}`);
    return address;
  };
  const further = FURTHER.flatMap((name) => {
    const address = found.get(name);
    return address === undefined || address === null ? [] : [[name, address] as const];
  });
  return {
    identityRegistry: need('identityRegistry'),
    identityFactory: need('identityFactory'),
    tokenFactoryRegistry: need('tokenFactoryRegistry'),
    accessManager: need('accessManager'),
    ...Object.fromEntries(further),
  };
}
