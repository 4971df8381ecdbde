/** Plays the holder of a new wallet: on the practice network the keys are public, and nobody else could answer. */
import { Wallet } from 'ethers';
import type { TypedDataDomain, TypedDataField } from 'ethers';
import { otherWalletRole, practiceAddress, practiceKey } from './practice-keys.ts';
import type { PracticeSeed } from './practice-seed.ts';

type Person = PracticeSeed['people'][number];

/** The role whose wallet a person would be recovered to: the one that a standing link names, else one of their own. */
function holderRole(person: Person): string {
  return person.linkedRole ?? otherWalletRole(`${person.id}:new`);
}

/** The new wallet that a practice person gives for a replacement. */
export function holderWallet(person: Person): string {
  return practiceAddress(holderRole(person));
}

interface Document {
  readonly types: Record<string, TypedDataField[]>;
  readonly domain: TypedDataDomain;
  readonly message: Record<string, unknown>;
}

/** Signs a challenge (EIP-712) as the person whose new wallet it names; null for a wallet of nobody here. */
export async function answerAsHolder(
  seed: PracticeSeed,
  replacement: string,
  typedData: string,
): Promise<string | null> {
  const person = seed.people.find((candidate) => holderWallet(candidate) === replacement);
  if (person === undefined) return null;
  const { types, domain, message } = JSON.parse(typedData) as Document;
  const { EIP712Domain: _domain, ...own } = types;
  return new Wallet(practiceKey(holderRole(person))).signTypedData(domain, own, message);
}
