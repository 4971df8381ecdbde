/**
 * The wizard: one closed union of steps, held by main. The renderer shows the step it is told and asks for the next;
 * it can't be in a step that main is not in.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { caseSchema } from './case.ts';
import { operatorIdSchema } from './operator.ts';
import { phaseReportSchema, recoveryResultSchema, statusReasonSchema } from './outcome.ts';
import { subjectKeySchema } from './people-views.ts';
import { PHASES, RECOVERY_STATUSES } from './phases.ts';
import { planSchema, STEP_RIGHTS } from './plan.ts';
import { previewSchema } from './preview.ts';
import { hash32Schema, timeSchema } from './values.ts';

const subjectSchema = z.lazy(() =>
  z.strictObject({ key: subjectKeySchema, name: z.string().nullable(), id: z.string() }),
);
export type WizardSubject = z.output<typeof subjectSchema>;

/** A preview as it was read, with what names it. */
const readPreviewSchema = z.lazy(() => z.strictObject({ preview: previewSchema, digest: hash32Schema }));
export type ReadPreview = z.output<typeof readPreviewSchema>;

/** What the holder of a replacement wallet signs (EIP-712), as text for `eth_signTypedData_v4`. */
export const challengeViewSchema = z.lazy(() =>
  z.strictObject({
    lostWallet: addressSchema,
    replacement: addressSchema,
    typedData: z.string(),
    expires: timeSchema,
    /** On the practice network, the holder's answer; on real ones the holder alone can give it. */
    practiceSignature: z.string().nullable(),
  }),
);
export type ChallengeView = z.output<typeof challengeViewSchema>;

const planViewSchema = z.lazy(() => z.strictObject({ plan: planSchema, digest: hash32Schema }));

/** One token of a lost wallet in a running recovery. */
const tokenProgressSchema = z.lazy(() =>
  z.strictObject({
    lostWallet: addressSchema,
    token: addressSchema,
    symbol: z.string(),
    state: z.enum(['pending', 'running', 'recovered', 'failed', 'skipped']),
    message: z.string().nullable(),
  }),
);

/** What one address signs of a plan. */
const partSchema = z.lazy(() =>
  z.strictObject({
    address: addressSchema,
    /** Of an operator of this desk; null for others. */
    name: z.string().nullable(),
    /** The right that the part takes, in the order of the plan. */
    rights: z.array(z.enum(STEP_RIGHTS)),
    steps: z.int().positive(),
    /** Steps of it that have not ended. */
    left: z.int().nonnegative(),
    confirmed: z.boolean(),
    /** Signed elsewhere, by a Safe or a custody platform: the desk hands calls out and watches the chain. */
    external: z.boolean(),
    /** Whether nothing goes on before they come. */
    waitedFor: z.boolean(),
  }),
);
export type RecoveryPart = z.output<typeof partSchema>;

/** A running recovery, live. */
export const progressViewSchema = z.lazy(() =>
  z.strictObject({
    recoveryId: z.string(),
    status: z.enum(RECOVERY_STATUSES),
    /** Whether this process works on it now; otherwise it waits for `recovery.resume`. */
    working: z.boolean(),
    subject: z.string(),
    /** Lost wallets and their replacements; the one that the case was opened for first. */
    wallets: z.array(z.strictObject({ lost: addressSchema, replacement: addressSchema })).min(1),
    operator: addressSchema,
    /** Of the plan: named by whoever confirms a part of it. */
    planDigest: hash32Schema,
    /** Who signs what, and whether they confirmed their part; the initiator first. */
    parts: z.array(partSchema),
    practice: z.boolean(),
    /** Past the point of no return. */
    noReturn: z.boolean(),
    phases: z.array(phaseReportSchema),
    phase: z.enum(PHASES).nullable(),
    tokens: z.array(tokenProgressSchema),
    /** What is happening now, in a sentence. */
    now: z.string(),
    startedAt: timeSchema,
    /** Why it waits or stopped. */
    reason: statusReasonSchema.nullable(),
    transactions: z.strictObject({
      sent: z.int().nonnegative(),
      mined: z.int().nonnegative(),
      final: z.int().nonnegative(),
    }),
  }),
);
export type ProgressView = z.output<typeof progressViewSchema>;

export const wizardSchema = z.lazy(() =>
  z.discriminatedUnion('step', [
    /** No recovery is being prepared or run here. */
    z.strictObject({ step: z.literal('none') }),
    /** Why, under which ticket, how the person was identified. */
    z.strictObject({
      step: z.literal('case'),
      subject: subjectSchema,
      case: caseSchema.nullable(),
      /** Operators of this desk who could do what takes the custodian right. */
      custodians: z.array(z.strictObject({ id: operatorIdSchema, name: z.string(), address: addressSchema })),
    }),
    /** What was read; blockers keep it here. `stale`: being read again. */
    z.strictObject({
      step: z.literal('preview'),
      subject: subjectSchema,
      case: caseSchema,
      read: readPreviewSchema,
    }),
    /** What a recovery will change, and where to: the plan is there once the replacement is chosen. */
    z.strictObject({
      step: z.literal('impact'),
      subject: subjectSchema,
      case: caseSchema,
      read: readPreviewSchema,
      generatedAllowed: z.boolean(),
      callBackAllowed: z.boolean(),
      holdReferenceNeeded: z.boolean(),
      /** Whether a lost smart account may be replaced by a new one of the profile's wallet factory. */
      accountAllowed: z.boolean(),
      /** At most one for each lost wallet. */
      challenges: z.array(challengeViewSchema),
      planned: planViewSchema.nullable(),
    }),
    /** The entry window is open: what is typed there confirms the plan. `beginning`: it was typed, and holds. */
    z.strictObject({
      step: z.literal('confirm'),
      subject: subjectSchema,
      case: caseSchema,
      read: readPreviewSchema,
      planned: planViewSchema,
      beginning: z.boolean(),
    }),
    /** There is no way back from here, only to the end. */
    z.strictObject({ step: z.literal('progress'), progress: progressViewSchema }),
    /** It has ended. */
    z.strictObject({
      step: z.literal('summary'),
      subject: z.string(),
      result: recoveryResultSchema,
      read: readPreviewSchema,
      mayRetry: z.boolean(),
    }),
  ]),
);
export type Wizard = z.output<typeof wizardSchema>;
export type WizardStep = Wizard['step'];
