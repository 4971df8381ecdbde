/**
 * What differs per contract family, behind one interface. A family reads and encodes; it never sends, signs, waits
 * or decides. Recovery knows this file and no family.
 */
import type { Address } from '../../shared/address.ts';
import type { Json } from '../../shared/canonical.ts';
import type { NetworkProfile, ProtocolKind } from '../../shared/network-profile.ts';
import type { TokenFailureReason } from '../../shared/phases.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { HeldRight, WalletStanding } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';
import type { LogEntry, LogFilter, PinnedReader } from '../chain/types.ts';
import type { ClaimFacts, ClaimingSystem } from './claiming.ts';

/** Logs up to the pinned block, with what was scanned before remembered under `name`. */
export type LogScanner = (
  name: string,
  filter: Pick<LogFilter, 'address' | 'topics'>,
) => Promise<readonly LogEntry[]>;

/** Pinned reads, and the logs up to the same block. */
export interface ChainView {
  readonly reader: PinnedReader;
  readonly scan: LogScanner;
}

export interface WalletRecord extends WalletStanding {
  readonly wallet: Address;
  /** What the identity factory holds for the wallet, also after it was lost. */
  readonly factoryIdentity: Address | null;
  /** Of a lost wallet that identity which it was registered with, where a log was looked for and tells. */
  readonly lostFrom?: Address | null;
}

export interface FoundTokens {
  /** Tokens of this system. */
  readonly tokens: readonly Address[];
  /** ERC-20 contracts that touched the wallet and are none of this system's. */
  readonly foreign: readonly Address[];
  /** Every token and token factory of this system, whether the wallet met it or not. */
  readonly contracts: readonly Address[];
}

export interface TokenFacts {
  readonly address: Address;
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
  /** Whether the token answered: without it the figures below mean nothing. */
  readonly readable: boolean;
  /** Base units on the lost wallet. */
  readonly balance: bigint;
  readonly frozen: bigint;
  readonly addressFrozen: boolean;
  readonly paused: boolean;
  /** Those asked about that hold the custodian right. */
  readonly custodians: readonly Address[];
  /** Who would sign what needs the custodian right. */
  readonly signer: Address;
  /** Whether that one holds it. */
  readonly custodianRight: boolean;
}

/** How a wallet stands on one token. */
export interface Holding {
  readonly token: Address;
  /** Whether the token answered: without it the figures below mean nothing. */
  readonly readable: boolean;
  readonly balance: bigint;
  readonly frozen: bigint;
  readonly addressFrozen: boolean;
}

export interface ForeignHolding {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  readonly balance: bigint;
}

/** A revert is told by who called with which right. */
export type RevertedCall = Pick<PlanStep, 'right' | 'signer'>;

export interface IdentityPrediction {
  readonly address: Address;
  readonly exists: boolean;
  /** When it exists: whether the wallet is its only management key. */
  readonly soleManager: boolean;
}

export interface StepsInput {
  readonly lostWallet: Address;
  readonly replacement: Address;
  readonly identity: Address;
  /** Whether the identity is this replacement's own, to be made with the plan; else it is made, or stands, by another. */
  readonly ownIdentity: boolean;
  /** Who will own the replacement, where it is a smart account that the profile's wallet factory makes. */
  readonly accountOwner: Address | null;
  /** Healthy wallets to be registered with the identity. */
  readonly moves: readonly Address[];
  readonly operator: Address;
  readonly tokens: readonly TokenFacts[];
  /** Tokens on which the lost wallet is frozen first, wherever the right is held and no freeze stands. */
  readonly contained: readonly Address[];
  /** Tokens that the replacement recovers by itself, without any right: nothing is frozen or lifted there. */
  readonly byReplacement: readonly Address[];
  /** A link lost → replacement already stands: only what is left is planned. */
  readonly linked: boolean;
}

/** The link that a recovery makes or adopts, and what of the chain is its own doing. */
export interface StandingLink {
  readonly lost: Address;
  readonly replacement: Address;
  readonly identity: Address;
  /** The identity that healthy wallets are moved from; left out where none is. */
  readonly movedFrom?: Address | null;
  /** The block before which nothing of this recovery happened. */
  readonly since: number;
  /**
   * Hashes of the transactions that this recovery signed, or by which others carried out what it handed out: what they did
   * is ours, and nothing else is.
   */
  readonly ours: ReadonlySet<Hex>;
}

/** What a step asks for, judged from the chain at one block. */
export type Postcondition =
  | { readonly kind: 'open' }
  | { readonly kind: 'done'; readonly outcome: Json }
  /** It would undo what somebody else decided: it is left out. */
  | { readonly kind: 'not_ours'; readonly message: string }
  | {
      readonly kind: 'impossible';
      readonly reason: TokenFailureReason | 'STATE_CONFLICT' | 'FREEZE_UNPROVEN';
      readonly message: string;
      readonly remedy: string;
    };

/** Who may sign what needs the custodian right: the custodian where they hold it, else the operator. */
export interface SignersAsked {
  readonly operator: Address;
  readonly custodian: Address | null;
}

/** By which transaction a step was carried out. */
export interface Execution {
  readonly transaction: Hex;
  readonly block: number;
  /** Base units that a token step moved. */
  readonly amount: bigint | null;
}

/** A revert in words. */
export interface RevertExplained {
  readonly reason: TokenFailureReason;
  readonly message: string;
  readonly remedy: string;
}

export interface RecoverySystem {
  readonly system: Address;
  /** The contracts found from the system address, by their name there. */
  readonly parts: Readonly<Record<string, Address>>;
  identityManager(reader: PinnedReader, account: Address): Promise<boolean>;
  wallets(reader: PinnedReader, wallets: readonly Address[]): Promise<readonly WalletRecord[]>;
  predictIdentity(reader: PinnedReader, wallet: Address): Promise<IdentityPrediction>;
  /** Where the profile's wallet factory makes the smart account of an owner; null where there is no factory. */
  accountOf(reader: PinnedReader, owner: Address): Promise<Address | null>;
  /**
   * Every wallet registered with the identity at the view's block.
   * @param known wallets that may be, of which no log of a registration need tell.
   */
  registeredWith(view: ChainView, identity: Address, known: readonly Address[]): Promise<readonly Address[]>;
  /** Wallets that may have been registered with the identity, however they stand now. */
  onceRegisteredWith(view: ChainView, identity: Address): Promise<readonly Address[]>;
  /** The identity that the wallet was registered with when it was recovered last; null where no log says so. */
  lostFrom(view: ChainView, lost: Address): Promise<Address | null>;
  /** Wallets marked as lost whose standing link names this one as their replacement. */
  recoveredTo(view: ChainView, wallet: Address): Promise<readonly Address[]>;
  /**
   * Roles, identity keys and claim-issuer keys that the wallet holds on contracts of the system and on issuers it trusts.
   * @param except the identity that is abandoned: nobody but the wallet itself could take its keys away there.
   */
  rightsOf(
    view: ChainView,
    wallet: Address,
    tokens: readonly Address[],
    except: Address | null,
  ): Promise<readonly HeldRight[]>;
  findTokens(view: ChainView, wallet: Address, listed: readonly Address[]): Promise<FoundTokens>;
  /** Every token of the system, and those listed that belong to it. */
  systemTokens(view: ChainView, listed: readonly Address[]): Promise<readonly Address[]>;
  tokens(
    reader: PinnedReader,
    tokens: readonly Address[],
    lost: Address,
    signers: SignersAsked,
  ): Promise<readonly TokenFacts[]>;
  holdings(reader: PinnedReader, tokens: readonly Address[], wallet: Address): Promise<readonly Holding[]>;
  foreignHoldings(
    reader: PinnedReader,
    contracts: readonly Address[],
    wallet: Address,
  ): Promise<readonly ForeignHolding[]>;
  /** Claims on an identity and the topics the system knows; null where the contracts do not answer. */
  claims(view: ChainView, identity: Address): Promise<ClaimFacts | null>;
  /** What tokens ask of claims, who may issue them, and how. */
  readonly claiming: ClaimingSystem;
  /** The block in which the registry linked the lost wallet to the replacement; null where no log says so. */
  linkedAt(view: ChainView, lost: Address, replacement: Address): Promise<number | null>;
  /** The chain steps of a recovery in the order in which they are sent. */
  steps(input: StepsInput): readonly PlanStep[];
  /** Gas of a step as measured on this family, for nodes that cannot simulate. */
  typicalGas(step: PlanStep): bigint;
  /** Judges the steps, in order, at the view's block. */
  postconditions(
    view: ChainView,
    steps: readonly PlanStep[],
    link: StandingLink,
  ): Promise<readonly Postcondition[]>;
  /** How the steps' own signers carried them out, as the logs tell up to the view's block, in order; null where they do not. */
  executions(
    view: ChainView,
    steps: readonly PlanStep[],
    link: StandingLink,
  ): Promise<readonly (Execution | null)[]>;
  explainRevert(step: RevertedCall, revert: Hex, message: string): RevertExplained;
  /** Base units that a token step moved, from the logs of its receipt; null when they do not say. */
  amountMoved(step: PlanStep, logs: readonly LogEntry[]): bigint | null;
}

export interface RecoveryProtocol {
  readonly kind: ProtocolKind;
  /** Finds everything of the family from the profile. Throws SYSTEM_NOT_FOUND. */
  openSystem(reader: PinnedReader, profile: NetworkProfile): Promise<RecoverySystem>;
}
