/** The text that the holder of a replacement wallet signs, as typed data that wallets show in plain words. */
import { TypedDataEncoder } from 'ethers';
import type { Address } from '../../shared/address.ts';
import { isoTime } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';

/** What a proof of control is bound to. Kept by the desk; a signature comes back, never the challenge. */
export interface ControlChallenge {
  readonly participantId: string;
  readonly lostWallet: Address;
  readonly replacement: Address;
  readonly chainId: number;
  /** The identity system that the recovery acts on. */
  readonly system: Address;
  /** Unix seconds; the proof must be checked before then. */
  readonly expires: number;
}

const PRIMARY_TYPE = 'ReplacementWallet';

const DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];

const MESSAGE_TYPE = [
  { name: 'statement', type: 'string' },
  { name: 'participant', type: 'string' },
  { name: 'lostWallet', type: 'address' },
  { name: 'replacementWallet', type: 'address' },
  { name: 'expires', type: 'uint256' },
];

type TypeMember = Readonly<Record<'name' | 'type', string>>;

/** JSON as wallets take it. @see EIP-712 */
export interface ChallengeDocument {
  readonly types: Readonly<Record<'EIP712Domain' | typeof PRIMARY_TYPE, readonly TypeMember[]>>;
  readonly primaryType: typeof PRIMARY_TYPE;
  readonly domain: ReturnType<typeof domainOf>;
  readonly message: ReturnType<typeof messageOf>;
}

/** The complete document for `eth_signTypedData_v4`. @see EIP-712 */
export function challengeTypedData(challenge: ControlChallenge): ChallengeDocument {
  return {
    types: { EIP712Domain: DOMAIN_TYPE, [PRIMARY_TYPE]: MESSAGE_TYPE },
    primaryType: PRIMARY_TYPE,
    domain: domainOf(challenge),
    message: messageOf(challenge),
  };
}

/** The 32-byte digest that a signature of the challenge is over. @see EIP-712 */
export function challengeDigest(challenge: ControlChallenge): Hex {
  const types = { [PRIMARY_TYPE]: MESSAGE_TYPE };
  return TypedDataEncoder.hash(domainOf(challenge), types, messageOf(challenge)) as Hex;
}

function domainOf({ chainId, system }: ControlChallenge) {
  return { name: 'Recovery Desk', version: '1', chainId, verifyingContract: system };
}

function messageOf({ participantId, lostWallet, replacement, expires }: ControlChallenge) {
  return {
    statement: statementOf(lostWallet, replacement, expires),
    participant: participantId,
    lostWallet,
    replacementWallet: replacement,
    expires,
  };
}

function statementOf(lostWallet: Address, replacement: Address, expires: number): string {
  return (
    `I control the wallet ${replacement}. It shall replace my lost wallet ${lostWallet}, ` +
    `and my identity and token balances shall be recovered to it. ` +
    `Signing this moves nothing by itself. Valid until ${isoTime(new Date(expires * 1000))}.`
  );
}
