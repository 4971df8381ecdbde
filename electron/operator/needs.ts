/** What the operator room needs of others; the entries (window, terminal) hand the implementations in. */
import type { Address } from '../../shared/address.ts';
import type { Json } from '../../shared/canonical.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';

/** The helper programs of the desk. Each is built into a file of its own, beside main's. */
export type HelperName = 'keychain';

/** A helper program in a process of its own, which can be ended whatever it hangs in. */
export interface ChildProgram {
  /** Asks one thing. Rejects when the program ends before it answered; never settles while it hangs. */
  ask(message: Json): Promise<Json>;
  /** Ends it at once, by its process id. Ending it again changes nothing. */
  end(): void;
  /** Settles when it is gone, whoever ended it; never rejects. */
  readonly ended: Promise<void>;
}

/** Starts helper programs: child processes of Node, or utility processes of Electron. */
export interface ChildPrograms {
  /** SECURITY: what is secret goes in messages alone, never in arguments or the environment. */
  start(program: HelperName): ChildProgram;
}

/** What of a plan is handed out to be signed elsewhere: steps of one signer, in order. The engine's batches are such. */
export interface HandedOutCalls {
  readonly planDigest: Hex;
  readonly chainId: number;
  /** Whose calls they are: the Safe, or the account at the custody platform. */
  readonly signer: Address;
  readonly steps: readonly PlanStep[];
}

/** Ids of the recoveries that have not ended and that an address began, confirmed a part of, or is to sign. */
export type OpenRecoveries = (address: Address) => readonly string[];
