/** The contract families that this desk knows, by the profile's word for them. */
import { DeskError } from '../../shared/errors.ts';
import type { ProtocolKind } from '../../shared/network-profile.ts';
import type { RecoveryProtocol } from './recovery-protocol.ts';
import { smartProtocol } from './smart/smart-protocol.ts';

const FAMILIES: Readonly<Partial<Record<ProtocolKind, RecoveryProtocol>>> = { smart: smartProtocol };

/** @throws DeskError PROFILE_INVALID for a family that this version does not speak. */
export function protocolOf(kind: ProtocolKind): RecoveryProtocol {
  const family = FAMILIES[kind];
  if (family !== undefined) return family;
  throw new DeskError('PROFILE_INVALID', {
    message: `The network profile names protocol "${kind}", which this version does not speak.`,
    remedy: `Use a profile with protocol ${Object.keys(FAMILIES).join(' or ')}, or a newer version.`,
    retry: 'never',
  });
}
