/** The claims part of a contract family (ERC-735): what is asked of holders, who may issue, and what issuing is. */
import type { Address } from '../../shared/address.ts';
import type { PlannedClaim, PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { PinnedReader } from '../chain/types.ts';
import type { Holding, RevertExplained } from './recovery-protocol.ts';

/** A claim on an identity; null where a contract did not answer. */
export interface ClaimFact {
  /** A uint256, as a decimal number. */
  readonly topic: string;
  readonly topicName: string | null;
  readonly issuer: Address;
  /** Whether the trusted issuers registry lists the issuer for this topic. */
  readonly trusted: boolean | null;
  /** Whether the issuer's own contract says that it stands by it. */
  readonly valid: boolean | null;
  readonly data: Hex;
}

export interface ClaimFacts {
  readonly claims: readonly ClaimFact[];
  /** Every topic that the system names. */
  readonly topics: readonly { readonly topic: string; readonly name: string | null }[];
  /** The same, each by its name where it has one. */
  readonly requiredTopics: readonly string[];
}

/** A node of what a token asks of claims, in postfix order. */
export type TopicNode =
  { readonly kind: 'topic'; readonly topic: string } | { readonly kind: 'and' | 'or' | 'not' };

export interface TokenNeed {
  readonly token: Address;
  /** Empty where a registration is enough; null where the token does not tell in a form that is known. */
  readonly expression: readonly TopicNode[] | null;
}

export interface TopicIssuers {
  readonly topic: string;
  /** Contracts of issuers that are trusted for the topic; null where the registry does not answer. */
  readonly issuers: readonly Address[] | null;
}

/** What a key may do for an issuer's contract (ERC-734); null where it does not answer. */
export interface IssuerKey {
  readonly issuer: Address;
  /** Sign claims: purpose 3. */
  readonly signs: boolean | null;
  /** Act for it, which adding a claim takes: purpose 2. */
  readonly acts: boolean | null;
}

export interface ClaimOrder extends Pick<
  PlannedClaim,
  'identity' | 'topic' | 'topicName' | 'issuer' | 'data'
> {
  /** The wallet of the identity. */
  readonly wallet: Address;
  /** Who signs the claim and the transaction. */
  readonly signer: Address;
}

/** Whether a holder can hold and transfer a token, as the token and its registry say. */
export interface HolderCheck extends Holding {
  readonly paused: boolean;
  /** Whether the registry counts the wallet as verified for what the token asks; null where that cannot be said. */
  readonly verified: boolean | null;
  /** A transfer to the wallet itself, tried without sending it; `not_tried` where there is nothing free to move. */
  readonly transfer:
    | { readonly kind: 'not_tried' }
    | { readonly kind: 'accepted' }
    | { readonly kind: 'refused'; readonly why: RevertExplained };
}

export interface ClaimingSystem {
  /** One a token, in order. */
  needs(reader: PinnedReader, tokens: readonly Address[]): Promise<readonly TokenNeed[]>;
  /** One a topic, in order. */
  issuers(reader: PinnedReader, topics: readonly string[]): Promise<readonly TopicIssuers[]>;
  /** One an issuer, in order. */
  keys(reader: PinnedReader, account: Address, issuers: readonly Address[]): Promise<readonly IssuerKey[]>;
  /** The step that adds a claim, with zeros where its signature belongs. */
  order(order: ClaimOrder): { readonly step: PlanStep; readonly claim: PlannedClaim };
  /** One a token, in order. */
  holder(reader: PinnedReader, needs: readonly TokenNeed[], wallet: Address): Promise<readonly HolderCheck[]>;
}
