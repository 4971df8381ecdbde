/**
 * Keys of the practice network. Everybody can derive them: they are public by design, and whatever a real network
 * held under one of them would be lost at once. Never use one outside the practice network.
 */
import { computeAddress, id } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';

const WARNING = 'Recovery Desk practice key, public by design, worthless: ';

/** The private key of a role, such as `operator` or `lost:maren-holt`; the same on every practice network. */
export function practiceKey(role: string): Hex {
  return id(`${WARNING}${role}`) as Hex;
}

/** Of all practice operators: public, as their keys are. */
export const PRACTICE_PASSPHRASE = 'practice-passphrase';

/** Known ones are kept: deriving an address takes a millisecond, and a large set-up asks thousands of times. */
const known = new Map<string, Address>();

export function practiceAddress(role: string): Address {
  const address = known.get(role) ?? toAddress(computeAddress(practiceKey(role)));
  known.set(role, address);
  return address;
}

/** Roles that are no person's wallet. For persons see `lostWalletRole` and `otherWalletRole`. */
export const PRACTICE_ROLES = {
  /** Identity manager, and custodian of all tokens but one. */
  operator: 'operator',
  /** Identity manager, and custodian of no token. */
  identityManager: 'identity-manager',
  /** Custodian of every token, and no identity manager. */
  custodian: 'custodian',
  /** Funded, without any right. */
  operatorWithoutRole: 'operator-without-role',
  /** All rights of the operator, but not a wei. */
  operatorWithoutFunds: 'operator-without-funds',
  /** Set the system up; mints, and holds every system role. */
  platformAdmin: 'platform-admin',
  /** Admin, custodian and emergency officer of every token, also of the one where the operator has no right. */
  custodianAdmin: 'custodian-admin',
  /** Issues claims: its identity is a trusted claim issuer. */
  issuer: 'issuer',
  /** Its identity was a trusted claim issuer once. */
  formerIssuer: 'former-issuer',
  /** A registered, verified wallet that a thief sends to. */
  accomplice: 'accomplice',
  /** Free to use as a replacement: never seen on chain. */
  replacement: 'replacement',
  /** Another one free to use. */
  secondReplacement: 'second-replacement',
  /** Owner of the contract wallet that can sign for itself (ERC-1271). */
  contractWalletOwner: 'contract-wallet-owner',
  /** Unusable as a replacement: address-frozen on a token. */
  frozenReplacement: 'frozen-replacement',
  /** Unusable as a replacement: registered, and holds frozen tokens of its own. */
  partFrozenReplacement: 'part-frozen-replacement',
} as const;

/** The wallet that a person has lost, or uses today. */
export const lostWalletRole = (personId: string): string => `lost:${personId}`;
/** A person's second wallet: the one a link stands to, or the first one of a person who lost two. */
export const otherWalletRole = (personId: string): string => `other:${personId}`;
/** The key of a person's further wallet, or of the owner where that is a smart account. */
export const furtherWalletRole = (personId: string, label: string): string => `${label}:${personId}`;
