/** What may be asked around the hand-over of generated wallets. Secrets are shown and typed in the entry window alone. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { handOverViewSchema } from './hand-over.ts';
import { operatorIdSchema } from './operator.ts';
import { effect, key, reading, recoveryId, signedIn } from './procedure-parts.ts';

const shownSchema = z.lazy(() =>
  z.strictObject({
    ...handOverViewSchema.shape,
    /** Of everybody who took something. */
    names: z.array(z.strictObject({ operatorId: operatorIdSchema, name: z.string() })),
  }),
);
export type HandOverShown = z.output<typeof shownSchema>;

const answerSchema = z.strictObject({
  view: shownSchema,
  /** Of what was saved; null for nothing. */
  fileName: z.string().nullable(),
  /** What is still to be done, in a sentence. */
  note: z.string().nullable(),
});
export type HandOverAnswer = z.output<typeof answerSchema>;

/** Each is about one wallet, and opens the entry window, where whoever is signed in proves that it is they. */
const act = {
  input: z.lazy(() => z.strictObject({ key, recoveryId, wallet: addressSchema })),
  output: answerSchema,
  ...signedIn,
  ...effect,
};

export const HAND_OVER_PROCEDURES = {
  /** Each wallet that the desk made, in the plan's order; empty where it made none. */
  'handover.get': {
    input: z.strictObject({ recoveryId }),
    output: z.array(shownSchema),
    ...signedIn,
    ...reading,
  },
  /** Opens a save dialog. */
  'handover.keystore': act,
  'handover.passphrase': act,
  /** Both in one file for the holder's key, which is typed there. Opens a save dialog. */
  'handover.holder': act,
  /** Opens a save dialog for the letter to the holder, which names every wallet and holds no secret. */
  'handover.letter': {
    input: z.strictObject({ key, recoveryId }),
    output: answerSchema.pick({ fileName: true }),
    ...signedIn,
    ...effect,
  },
  /** What the wallet is to recover itself, and has not, is for the holder: listed there, with what each then takes. */
  'handover.leave': act,
  /** The checklist is ticked there. */
  'handover.done': act,
} as const;
