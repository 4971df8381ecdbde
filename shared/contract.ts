/**
 * What the window may ask of main, and what main tells it: one map, from which preload, client, dispatch and test
 * doubles derive (DESIGN 2.1). Ids, choices and digests go in; what main stored comes out. Never a transaction, an
 * amount, a path or a URL goes in. JSON values only.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import type { Json } from './canonical.ts';
import { caseSchema } from './case.ts';
import { CLAIM_PROCEDURES } from './claim-procedures.ts';
import type { EventName, ProcedureName } from './contract-names.ts';
import {
  appearanceSchema,
  deskStateSchema,
  networkCheckSchema,
  readingProgressSchema,
} from './desk-state.ts';
import { HAND_OVER_PROCEDURES } from './hand-over-procedures.ts';
import { operatorIdSchema } from './operator.ts';
import { PEOPLE_PROCEDURES } from './people-procedures.ts';
import { recoverySummarySchema, subjectKeySchema } from './people-views.ts';
import { OPERATOR_PROCEDURES } from './operator-procedures.ts';
import { recoveryResultSchema } from './outcome.ts';
import {
  always,
  anyone,
  effect,
  key,
  manager,
  nothing,
  reading,
  recoveryId,
  savedAs,
  signedIn,
} from './procedure-parts.ts';
import type { ProcedureSpec, Right } from './procedure-parts.ts';
import { reviewedPreviewSchema } from './review-view.ts';
import { hash32Schema } from './values.ts';
import {
  furtherChoiceSchema,
  MOST_WALLETS,
  replacementChoiceSchema,
  saidOfWalletsSchema,
} from './wizard-choices.ts';
import { wizardSchema } from './wizard.ts';

export const PROCEDURES = {
  'desk.state': { input: nothing, output: deskStateSchema, ...always, ...reading, whileLocked: true },
  'desk.setAppearance': {
    input: z.lazy(() => z.strictObject({ appearance: appearanceSchema })),
    output: deskStateSchema,
    ...always,
    ...reading,
    whileLocked: true,
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

  ...OPERATOR_PROCEDURES,

  ...PEOPLE_PROCEDURES,

  'wizard.state': { input: nothing, output: wizardSchema, ...always, ...reading },
  'wizard.begin': { input: subjectKeySchema, output: wizardSchema, ...manager, ...reading },
  /** Reads the preview. */
  'wizard.setCase': {
    input: z.lazy(() =>
      z.strictObject({
        case: caseSchema,
        /** An operator of this desk for what takes the custodian right; null where whoever recovers does it all. */
        custodian: operatorIdSchema.nullable(),
      }),
    ),
    output: wizardSchema,
    ...manager,
    ...reading,
  },
  /**
   * What is said of the person's other wallets, which are then read again with it. `digest`: of the preview that was shown;
   * refused for a wallet that it does not name. Of what is left out nothing is said any more.
   */
  'wizard.sayOfWallets': {
    input: z.lazy(() => z.strictObject({ digest: hash32Schema, wallets: saidOfWalletsSchema })),
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
  /** `lostWallet`: which of several it is to replace; left out for the one that the case was opened for. */
  'wizard.challenge': {
    input: z.lazy(() =>
      z.strictObject({
        key,
        replacement: addressSchema,
        lostWallet: addressSchema.exactOptional(),
      }),
    ),
    output: wizardSchema,
    ...manager,
    ...effect,
  },
  /**
   * Makes the plan. For generated wallets without a keychain the entry window asks once for a passphrase. `further`: a
   * choice for each further wallet that was said to be lost; left out where there is none.
   */
  'wizard.chooseReplacement': {
    input: z.lazy(() =>
      z.strictObject({
        key,
        digest: hash32Schema,
        holdReference: z.string().trim().min(1).max(200).nullable(),
        choice: replacementChoiceSchema,
        further: z
          .array(z.strictObject({ lostWallet: addressSchema, choice: furtherChoiceSchema }))
          .max(MOST_WALLETS)
          .exactOptional(),
        /** Whether wallets that the desk makes recover themselves what nobody named has the right for; left out: no. */
        holdersWay: z.boolean().exactOptional(),
      }),
    ),
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
    input: z.lazy(() => z.strictObject({ key, planDigest: hash32Schema })),
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
  /**
   * Goes on with one that waits or stopped; of one that completed with token failures, retries the tokens. For whoever
   * signs a part of it and confirmed that part.
   */
  'recovery.resume': {
    input: z.strictObject({ key, recoveryId }),
    output: wizardSchema,
    right: 'party',
    duringRecovery: true,
    ...effect,
  },
  /** Opens the entry window for the confirmation of one's own part, then does it. `planDigest`: of the plan shown. */
  'recovery.confirmPart': {
    input: z.lazy(() => z.strictObject({ key, recoveryId, planDigest: hash32Schema })),
    output: wizardSchema,
    right: 'party',
    duringRecovery: true,
    ...effect,
  },
  /** Saves the calls that are signed elsewhere, as a Safe transaction batch and as plain calldata. */
  'recovery.exportCalls': {
    input: z.lazy(() => z.strictObject({ key, recoveryId, form: z.enum(['safe', 'plain']) })),
    output: savedAs,
    right: 'signedIn',
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

  ...HAND_OVER_PROCEDURES,
  ...CLAIM_PROCEDURES,

  /** Opens a file dialog for a preview file. Works signed out and without a network. */
  'review.open': { input: nothing, output: reviewedPreviewSchema.nullable(), ...anyone, ...reading },
} as const satisfies Record<ProcedureName, ProcedureSpec>;

export { RIGHTS } from './procedure-parts.ts';
export type { ProcedureSpec, Right } from './procedure-parts.ts';

export type Procedures = typeof PROCEDURES;
export type InputOf<P extends ProcedureName> = z.output<Procedures[P]['input']>;
export type OutputOf<P extends ProcedureName> = z.output<Procedures[P]['output']>;

export interface EventSpec {
  readonly payload: z.ZodType<Json>;
  readonly right: Right;
  /** Whether it is told while the desk is hidden or locked. */
  readonly whileLocked?: true;
}

export const EVENTS = {
  'desk.changed': { payload: deskStateSchema, right: 'anyone', whileLocked: true },
  'wizard.changed': { payload: wizardSchema, right: 'anyone' },
  'reading.progress': { payload: readingProgressSchema, right: 'anyone' },
} as const satisfies Record<EventName, EventSpec>;

export type PayloadOf<E extends EventName> = z.output<(typeof EVENTS)[E]['payload']>;
