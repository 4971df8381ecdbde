/**
 * What the engine needs of the journal. Every write is one synchronous transaction, synced to disk when it returns,
 * and carries its audit row; nothing here talks to a chain.
 */
import type { Address } from './address.ts';
import type { Json } from './canonical.ts';
import type { HandOverRow } from './hand-over.ts';
import type { Plan } from './plan.ts';
import type { Preview } from './preview.ts';
import type { RecoveryStatus, StepPhase } from './phases.ts';
import type { Hex } from './values.ts';

export interface StatusReason {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export interface RecoveryRow {
  readonly id: string;
  readonly caseId: string;
  readonly participantId: string;
  readonly chainId: number;
  readonly lostWallet: Address;
  readonly planDigest: Hex;
  readonly previewDigest: Hex;
  readonly flowVersion: number;
  readonly operator: Address;
  readonly status: RecoveryStatus;
  readonly statusReason: StatusReason | null;
  /** When the first irreversible transaction was committed; null before. */
  readonly noReturnAt: string | null;
  /** Wei, confirmed by the operator to the last run that the plan's highest cost did not do for: told, never relied on. */
  readonly highestCost: string | null;
  /** The profile the recovery runs on, without secrets, so that `resume` needs nothing but the id. */
  readonly profile: Json;
  /** Of an issue of claims: the recovery whose replacement identity they are about. null for a recovery. */
  readonly claimsOf: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export type StepState = 'pending' | 'running' | 'done' | 'failed' | 'skipped';

export interface StepRow {
  readonly recoveryId: string;
  /** Words with operands: `recover_token:<lost>:<token>`. */
  readonly name: string;
  /** 1 for the first try; a later retry of a failed token has its own row. */
  readonly attempt: number;
  readonly phase: StepPhase;
  readonly state: StepState;
  /** Absolute facts journalled before the first transaction (balance, frozen, flags). */
  readonly baseline: Json;
  /** What the chain said at the end; written once, at finality. */
  readonly outcome: Json;
  /** A code: of a token step a TokenFailureReason. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface StepEnd {
  readonly state: 'done' | 'failed' | 'skipped';
  readonly outcome?: Json;
  readonly reason?: string;
  readonly message?: string;
  readonly remedy?: string;
}

/**
 * One variant of a transaction of a step. `intended`: the unsigned form is stored and its nonce reserved; `signed`:
 * raw form and hash are stored; `sent`: a node took it; `mined`: in a block, not final; `final`.
 * `replaced`: another transaction of the step (a fee bump) used the nonce. `abandoned`: the nonce was used by nobody of ours.
 */
export type TransactionState = 'intended' | 'signed' | 'sent' | 'mined' | 'final' | 'replaced' | 'abandoned';

const UNSETTLED: readonly TransactionState[] = ['intended', 'signed', 'sent', 'mined'];

/** Whether more may become of a transaction in this state. */
export function isUnsettled(state: TransactionState): boolean {
  return UNSETTLED.includes(state);
}

export interface TransactionRow {
  readonly id: number;
  readonly recoveryId: string;
  readonly step: string;
  readonly attempt: number;
  /** 0 for the first, then one up per fee bump: same nonce, same calldata. */
  readonly bump: number;
  /** `call`: the step's own. `fill`: a zero-value transfer to self that uses up a nonce the step no longer needs. */
  readonly purpose: 'call' | 'fill';
  readonly signer: Address;
  readonly chainId: number;
  readonly nonce: number;
  /** The complete unsigned transaction, RLP as it is signed (EIP-155 or EIP-1559). */
  readonly unsigned: Hex;
  readonly raw: Hex | null;
  readonly hash: Hex | null;
  readonly state: TransactionState;
  /** Highest cost in wei: gas limit times fee cap. */
  readonly costCap: string;
  /** Head when a node first took it, before that when it was first offered: fee bumps count blocks from here. */
  readonly sentAtBlock: number | null;
  readonly minedBlock: number | null;
  readonly minedHash: Hex | null;
  readonly succeeded: boolean | null;
  /** Wei paid, known once mined. */
  readonly costPaid: string | null;
}

/** A step whose call was handed out to whoever signs and sends for its signer: it may be done at any time. */
export interface HandOutRow {
  readonly step: string;
  readonly attempt: number;
  readonly signer: Address;
  /** From 1, over all signers; calls of a batch are to be carried out in its order. */
  readonly batch: number;
}

/** Whether the call of this attempt of a step was handed out: whoever signs elsewhere may carry it out at any time. */
export function isHandedOut(
  handOuts: readonly Pick<HandOutRow, 'step' | 'attempt'>[],
  { name, attempt }: Pick<StepRow, 'name' | 'attempt'>,
): boolean {
  return handOuts.some((out) => out.step === name && out.attempt === attempt);
}

export interface RecoverySnapshot {
  readonly recovery: RecoveryRow;
  /** In plan order; of each name the newest attempt last. */
  readonly steps: readonly StepRow[];
  readonly transactions: readonly TransactionRow[];
  /** Everybody who confirmed the plan: who began the recovery first. Nobody else's key signs anything of it. */
  readonly confirmedBy: readonly Address[];
  /** Batch by batch. */
  readonly handOuts: readonly HandOutRow[];
  /** In the order in which it happened. */
  readonly handOver: readonly HandOverRow[];
}

export interface NewRecovery {
  readonly id: string;
  readonly caseId: string;
  readonly plan: Plan;
  readonly preview: Preview;
  readonly operator: Address;
  readonly profile: Json;
  /** All steps in the order in which they are walked. */
  readonly steps: readonly { readonly name: string; readonly phase: StepPhase }[];
}

export interface NewTransaction {
  readonly recoveryId: string;
  readonly step: string;
  readonly attempt: number;
  readonly bump: number;
  readonly purpose: 'call' | 'fill';
  readonly signer: Address;
  readonly chainId: number;
  readonly nonce: number;
  readonly unsigned: Hex;
  readonly costCap: string;
}

export interface Journal {
  /**
   * Opens a recovery, or an issue of claims, with all its steps pending; the operator has confirmed its plan. Throws
   * PLAN_USED when the plan's digest executed before, RECOVERY_IN_PROGRESS when the participant (or the lost wallet on
   * this chain) has one of the same kind that has not ended.
   */
  begin(recovery: NewRecovery): void;
  read(recoveryId: string): RecoverySnapshot | null;
  /** The newest attempt of a step; null when the recovery has none of that name. */
  step(recoveryId: string, name: string): StepRow | null;
  /** Of one attempt of a step, in the order in which they were intended. */
  stepTransactions(recoveryId: string, name: string, attempt: number): readonly TransactionRow[];
  /** Recoveries, newest first. */
  list(): readonly RecoveryRow[];
  /** Issues of claims, newest first: kept as recoveries are, and none themselves. */
  issues(): readonly RecoveryRow[];
  /** The recovery of this participant or lost wallet on this chain that has not ended. */
  open(chainId: number, participantId: string, lostWallets: readonly Address[]): RecoveryRow | null;
  setStatus(recoveryId: string, status: RecoveryStatus, reason: StatusReason | null): void;
  /** Lets a recovery that has not ended cost up to so many wei, instead of what its plan says. */
  raiseBound(recoveryId: string, highestCost: string): void;
  /** Everybody who confirmed the plan of a recovery. */
  confirmedBy(recoveryId: string): readonly Address[];
  /** Of all steps that were handed out, batch by batch. */
  handOuts(recoveryId: string): readonly HandOutRow[];
  /** Records that one who signs a part of the plan confirmed it; said twice it counts once. */
  confirm(recoveryId: string, operator: Address): void;
  /**
   * Records that calls of running steps were handed out. `noReturn` marks the recovery as past its point of no return.
   * @returns the number of the batch.
   */
  handOut(wanted: {
    readonly recoveryId: string;
    readonly signer: Address;
    readonly steps: readonly { readonly name: string; readonly attempt: number }[];
    readonly noReturn: boolean;
  }): number;
  /**
   * Records a fact of the hand-over of a wallet: of a recovery that has ended, or that the desk lets go of what it keeps.
   * Refuses a wallet that the plan does not hand over.
   */
  recordHandOver(recoveryId: string, fact: Omit<HandOverRow, 'at'>): void;
  /** Everything that happened to a wallet, in whichever recovery, oldest first: a later one may adopt it. */
  handOverOfWallet(wallet: Address): readonly HandOverRow[];
  /** Recoveries that have the wallet as a replacement, newest first. @throws DeskError PLAN_ALTERED for one that names it. */
  recoveriesTo(wallet: Address): readonly RecoveryRow[];
  startStep(recoveryId: string, name: string, attempt: number, baseline: Json): void;
  /** Takes a running step's facts anew: as long as nothing is signed, they are those before the first transaction. */
  renewBaseline(recoveryId: string, name: string, attempt: number, baseline: Json): void;
  finishStep(recoveryId: string, name: string, attempt: number, end: StepEnd): void;
  /** Adds the next attempt of failed steps as pending and sets the recovery running again. */
  retry(recoveryId: string, names: readonly string[]): void;
  /**
   * Stores unsigned transactions, all in one commit; that reserves their nonces. Returns their ids in order. Of one
   * attempt of a step no second call is stored beside one at another nonce that may still be mined.
   */
  intend(transactions: readonly NewTransaction[]): readonly number[];
  /** Stores raw forms and hashes in one commit. `noReturn` marks the recovery as past its point of no return. */
  signed(
    entries: readonly { readonly id: number; readonly raw: Hex; readonly hash: Hex }[],
    noReturn: boolean,
  ): void;
  /** A node was asked to take it, and did not say that it did: it stays signed. */
  offered(id: number, atBlock: number): void;
  sent(id: number, atBlock: number): void;
  mined(
    id: number,
    block: {
      readonly number: number;
      readonly hash: Hex;
      readonly succeeded: boolean;
      readonly costPaid: string;
    },
  ): void;
  /** A reorg took the block away: back to sent. */
  unmined(id: number): void;
  /** The transaction is final; the others of its nonce become `replaced`. */
  final(id: number): void;
  /** The nonce was used by no transaction of ours, as read at confirmation depth. */
  abandon(ids: readonly number[]): void;
  /** The highest nonce this desk has reserved for the signer and that is not abandoned; null for none. */
  highestNonce(chainId: number, signer: Address): number | null;
  /** Hashes of this desk's transactions of the signer that are neither final, replaced nor abandoned. */
  unsettled(chainId: number, signer: Address): readonly TransactionRow[];
}
