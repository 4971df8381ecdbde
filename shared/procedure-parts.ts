/** What the procedures of the contract are made of: rights, effects, and inputs that many share. */
import { z } from 'zod';
import type { Json } from './canonical.ts';

/**
 * Who may ask. `initiator`: whoever began the recovery that the input names; `party`: whoever signs a part of it, the
 * initiator among them.
 */
export const RIGHTS = ['anyone', 'signedIn', 'identityManager', 'custodian', 'initiator', 'party'] as const;
export type Right = (typeof RIGHTS)[number];

export interface ProcedureSpec {
  readonly input: z.ZodType<Json>;
  readonly output: z.ZodType<Json>;
  readonly right: Right;
  /** Whether it may be asked while a recovery holds the desk. */
  readonly duringRecovery: boolean;
  /** Whether it may be asked while the desk is hidden or locked: nothing that tells of people or recoveries. */
  readonly whileLocked?: true;
  /** Has an effect beyond reading: its input carries a key, and the same key never runs twice. */
  readonly effect: boolean;
}

export const nothing = z.strictObject({});
/** Names one intention of a person: the same key never has its effect twice. */
export const key = z.uuid();
export const recoveryId = z.string().regex(/^R-[0-9a-f]{10}$/, 'is no id of a recovery');
/** A file that a person saved or chose; null where they changed their mind. */
export const savedAs = z.lazy(() => z.strictObject({ fileName: z.string() }).nullable());

/** Answered to everybody, also while a recovery holds the desk. */
export const always = { right: 'anyone', duringRecovery: true } as const;
export const anyone = { right: 'anyone', duringRecovery: false } as const;
export const signedIn = { right: 'signedIn', duringRecovery: false } as const;
export const manager = { right: 'identityManager', duringRecovery: false } as const;

export const reading = { effect: false } as const;
export const effect = { effect: true } as const;
