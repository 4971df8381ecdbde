/**
 * What the window may ask of main, and what main tells it: one map, from which preload, client, dispatch and test
 * doubles derive (DESIGN 2.1). Ids, choices and digests go in; what main stored comes out. Never a transaction, an
 * amount, a path or a URL goes in. JSON values only.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import type { Json } from './canonical.ts';
import { caseSchema } from './case.ts';
import type { EventName, ProcedureName } from './contract-names.ts';
import {
  appearanceSchema,
  deskStateSchema,
  networkCheckSchema,
  readingProgressSchema,
} from './desk-state.ts';
import {
  participantDetailSchema,
  recoverySummarySchema,
  searchInputSchema,
  searchResultSchema,
  subjectKeySchema,
} from './people-views.ts';
import { recoveryResultSchema } from './outcome.ts';
import { reviewedPreviewSchema } from './review-view.ts';
import { hash32Schema } from './values.ts';
import { wizardSchema } from './wizard.ts';

/** Who may ask. `initiator`: whoever began the recovery that the input names. */
export const RIGHTS = ['anyone', 'signedIn', 'identityManager', 'custodian', 'initiator'] as const;
export type Right = (typeof RIGHTS)[number];

export interface ProcedureSpec {
  readonly input: z.ZodType<Json>;
  readonly output: z.ZodType<Json>;
  readonly right: Right;
  /** Whether it may be asked while a recovery holds the desk (the lock). */
  readonly duringRecovery: boolean;
  /** Has an effect beyond reading: its input carries a key, and the same key never runs twice. */
  readonly effect: boolean;
}

const nothing = z.strictObject({});
/** Names one intention of a person: the same key never has its effect twice. */
const key = z.uuid();
const recoveryId = z.string().regex(/^R-[0-9a-f]{10}$/, 'is no id of a recovery');
/** A file that a person saved or chose; null where they changed their mind. */
const savedAs = z.strictObject({ fileName: z.string() }).nullable();

/** Answered to everybody, also while a recovery holds the desk. */
const always = { right: 'anyone', duringRecovery: true } as const;
const anyone = { right: 'anyone', duringRecovery: false } as const;
const signedIn = { right: 'signedIn', duringRecovery: false } as const;
const manager = { right: 'identityManager', duringRecovery: false } as const;

const reading = { effect: false } as const;
const effect = { effect: true } as const;

export const PROCEDURES = {
  'desk.state': { input: nothing, output: deskStateSchema, ...always, ...reading },
  'desk.setAppearance': {
    input: z.strictObject({ appearance: appearanceSchema }),
    output: deskStateSchema,
    ...always,
    ...reading,
  },

  /** Opens a file dialog for a network profile. */
  'networks.add': { input: z.strictObject({ key }), output: deskStateSchema, ...anyone, ...effect },
  'networks.check': {
    input: z.strictObject({ id: z.string() }),
    output: networkCheckSchema,
    ...anyone,
    ...reading,
  },
  /** Leaves the network before, and signs out. */
  'networks.choose': {
    input: z.strictObject({ key, id: z.string() }),
    output: deskStateSchema,
    ...anyone,
    ...effect,
  },
  /** Where connecting failed: to the network of the recovery that holds the desk, else to the chosen one. */
  'networks.reconnect': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    ...always,
    ...effect,
  },
  'networks.remove': {
    input: z.strictObject({ key, id: z.string() }),
    output: deskStateSchema,
    ...anyone,
    ...effect,
  },

  /** Starts the practice network, connects to it, and signs its operator in. */
  'practice.open': { input: z.strictObject({ key }), output: deskStateSchema, ...anyone, ...effect },
  'practice.close': { input: z.strictObject({ key }), output: deskStateSchema, ...anyone, ...effect },

  /** Opens a file dialog for a keystore, then the entry window for its passphrase. */
  'operator.signIn': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    right: 'anyone',
    duringRecovery: true,
    ...effect,
  },
  /** Refused while a recovery is being executed: it signs with the key. One that stands still may be left to wait. */
  'operator.signOut': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    right: 'signedIn',
    duringRecovery: true,
    ...effect,
  },

  /** Opens a file dialog for a participants file. */
  'participants.chooseFile': {
    input: z.strictObject({ key }),
    output: deskStateSchema,
    ...signedIn,
    ...effect,
  },
  'participants.search': {
    input: searchInputSchema,
    output: searchResultSchema,
    ...signedIn,
    ...reading,
  },
  'participants.get': {
    input: subjectKeySchema,
    output: participantDetailSchema,
    ...signedIn,
    ...reading,
  },

  'wizard.state': { input: nothing, output: wizardSchema, ...always, ...reading },
  'wizard.begin': { input: subjectKeySchema, output: wizardSchema, ...manager, ...reading },
  /** Reads the preview. */
  'wizard.setCase': {
    input: z.strictObject({ case: caseSchema }),
    output: wizardSchema,
    ...manager,
    ...reading,
  },
  'wizard.refresh': { input: nothing, output: wizardSchema, ...manager, ...reading },
  /** Opens a save dialog. */
  'wizard.savePreview': { input: z.strictObject({ key }), output: savedAs, ...manager, ...effect },
  /** From a preview without blockers. `digest`: of the preview that was shown. */
  'wizard.impact': {
    input: z.strictObject({ digest: hash32Schema }),
    output: wizardSchema,
    ...manager,
    ...reading,
  },
  'wizard.challenge': {
    input: z.strictObject({ key, replacement: addressSchema }),
    output: wizardSchema,
    ...manager,
    ...effect,
  },
  /** Makes the plan. For a generated wallet the entry window asks for its passphrase. */
  'wizard.chooseReplacement': {
    input: z.strictObject({
      key,
      digest: hash32Schema,
      holdReference: z.string().trim().min(1).max(200).nullable(),
      choice: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('proof'),
          address: addressSchema,
          signature: z.string().max(20_000),
        }),
        z.strictObject({ kind: z.literal('call_back'), address: addressSchema }),
        z.strictObject({ kind: z.literal('generate') }),
      ]),
    }),
    output: wizardSchema,
    ...manager,
    ...effect,
  },
  /** One decision back; refused from the first moment of an execution on. */
  'wizard.back': { input: nothing, output: wizardSchema, ...manager, ...reading },
  /**
   * Gives up a recovery that was not begun, or closes the summary of one that has ended: where another holds the desk,
   * for that one, and to its network, which signs out. There is no leaving the progress of one that holds the desk.
   */
  'wizard.leave': { input: nothing, output: wizardSchema, ...always, ...reading },
  /** Opens the entry window; what is typed there begins the recovery. `planDigest`: of the plan that was shown. */
  'wizard.confirm': {
    input: z.strictObject({ key, planDigest: hash32Schema }),
    output: wizardSchema,
    ...manager,
    ...effect,
  },

  'recovery.list': {
    input: nothing,
    output: z.array(recoverySummarySchema),
    ...signedIn,
    ...reading,
  },
  'recovery.get': {
    input: z.strictObject({ recoveryId }),
    output: recoveryResultSchema,
    right: 'signedIn',
    duringRecovery: true,
    ...reading,
  },
  /** Shows the summary of one that has ended, or the progress of one that has not. */
  'recovery.open': {
    input: z.strictObject({ recoveryId }),
    output: wizardSchema,
    ...signedIn,
    ...reading,
  },
  /** Goes on with one that waits or stopped; of one that completed with token failures, retries the tokens. */
  'recovery.resume': {
    input: z.strictObject({ key, recoveryId }),
    output: wizardSchema,
    right: 'initiator',
    duringRecovery: true,
    ...effect,
  },
  /** Opens a save dialog for the result document. */
  'recovery.saveReport': {
    input: z.strictObject({ key, recoveryId }),
    output: savedAs,
    right: 'signedIn',
    duringRecovery: true,
    ...effect,
  },

  /** Opens a file dialog for a preview file. Works signed out and without a network. */
  'review.open': { input: nothing, output: reviewedPreviewSchema.nullable(), ...anyone, ...reading },
} as const satisfies Record<ProcedureName, ProcedureSpec>;

export type Procedures = typeof PROCEDURES;
export type InputOf<P extends ProcedureName> = z.output<Procedures[P]['input']>;
export type OutputOf<P extends ProcedureName> = z.output<Procedures[P]['output']>;

export interface EventSpec {
  readonly payload: z.ZodType<Json>;
  readonly right: Right;
}

export const EVENTS = {
  'desk.changed': { payload: deskStateSchema, right: 'anyone' },
  'wizard.changed': { payload: wizardSchema, right: 'anyone' },
  'reading.progress': { payload: readingProgressSchema, right: 'anyone' },
} as const satisfies Record<EventName, EventSpec>;

export type PayloadOf<E extends EventName> = z.output<(typeof EVENTS)[E]['payload']>;
