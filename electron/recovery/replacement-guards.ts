/** Why an address may not become the replacement. Contracts do not check this: the desk must (CHAIN A). */
import { ZERO_ADDRESS, shortAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import type { Blocker } from '../../shared/preview.ts';
import type { Holding, IdentityPrediction, WalletRecord } from '../protocols/recovery-protocol.ts';

export interface ReplacementFacts {
  readonly replacement: Address;
  readonly lostWallet: Address;
  readonly operator: Address;
  readonly participant: Participant;
  /** Whom a directory knows this address as. */
  readonly owner: Participant | null;
  readonly record: WalletRecord;
  readonly prediction: IdentityPrediction;
  readonly identityManager: boolean;
  /** How the address stands on each token that is still to be recovered. */
  readonly holdings: readonly Holding[];
  /** Contracts of the system, its tokens, and the identities of the lost wallet. */
  readonly contracts: readonly Address[];
  readonly reserved: readonly Address[];
  /** Operators of earlier recoveries on this desk. */
  readonly operators: readonly Address[];
  /** Other wallets of the person, lost or healthy, and what was chosen for those. */
  readonly ofPerson: readonly Address[];
  /** A smart account that the plan makes: it need not be there yet, and has no owner's key of its own. */
  readonly account: boolean;
  /** The chosen address is the one that the lost wallet is linked to already. */
  readonly adopts: boolean;
}

/** Ends of an address that people compare. */
const LOOK = 4;

function looksLike(one: Address, other: Address): boolean {
  const [a, b] = [one.slice(2).toLowerCase(), other.slice(2).toLowerCase()];
  return a.slice(0, LOOK) === b.slice(0, LOOK) && a.slice(-LOOK) === b.slice(-LOOK);
}

type Check = (facts: ReplacementFacts) => string | null;

const CHECKS: readonly Check[] = [
  ({ replacement }) => (replacement === ZERO_ADDRESS ? 'it is the zero address' : null),
  ({ replacement, lostWallet }) =>
    replacement === lostWallet
      ? 'it is the lost wallet itself: recovering to it would block the wallet for ever'
      : null,
  ({ replacement, lostWallet }) =>
    replacement !== lostWallet && looksLike(replacement, lostWallet)
      ? `it looks like the lost wallet (${shortAddress(lostWallet)}): the two could be mistaken for each other`
      : null,
  ({ replacement, ofPerson }) =>
    ofPerson.includes(replacement) ? 'it is another wallet of the person, or chosen for one' : null,
  ({ replacement, operator, operators }) =>
    replacement === operator || operators.includes(replacement) ? "it is an operator's wallet" : null,
  ({ identityManager }) => (identityManager ? 'it holds the identity manager role' : null),
  ({ replacement, reserved }) => (reserved.includes(replacement) ? 'policy reserves this address' : null),
  ({ owner, participant }) =>
    owner !== null && owner.id !== participant.id
      ? `it belongs to another participant, ${owner.name ?? owner.id}`
      : null,
  ({ replacement, contracts }) =>
    contracts.includes(replacement) ? 'it is a contract of the identity system or a token' : null,
  ({ record }) => (record.markedLost ? 'it was itself marked as lost' : null),
  ({ record, adopts }) =>
    record.registered && !adopts ? 'it is registered already, with an identity of its own' : null,
  ({ prediction, adopts, account }) =>
    prediction.soleManager || adopts || account
      ? null
      : 'its identity has other management keys than the wallet itself',
  ({ holdings }) =>
    holdings.some((holding) => holding.addressFrozen)
      ? 'it is frozen on a token, and recovery would lift that freeze'
      : null,
  ({ holdings }) =>
    holdings.some((holding) => holding.frozen > 0n)
      ? 'it holds frozen tokens, and recovery would overwrite their amount'
      : null,
];

/** One blocker a reason; none when the address may become the replacement. */
export function replacementBlockers(facts: ReplacementFacts): readonly Blocker[] {
  return CHECKS.flatMap((check) => {
    const why = check(facts);
    if (why === null) return [];
    return [
      {
        code: 'REPLACEMENT_UNUSABLE' as const,
        message: `${facts.replacement} cannot be the replacement wallet: ${why}.`,
        remedy: 'Ask the holder for a fresh address of their own, or let the desk generate a wallet.',
      },
    ];
  });
}
