/** What the window may ask of people: to be found and shown, and their records to be imported, exported and edited. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { deskStateSchema } from './desk-state.ts';
import { importPreviewSchema } from './people-import.ts';
import {
  participantDetailSchema,
  searchInputSchema,
  searchResultSchema,
  subjectKeySchema,
} from './people-views.ts';
import { effect, key, manager, reading, savedAs, signedIn } from './procedure-parts.ts';
import { hash32Schema } from './values.ts';

const participantId = z.string().min(1).max(200);

export const PEOPLE_PROCEDURES = {
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
  /**
   * Shows what an import would change. Opens a file dialog; `again`: with the file of that preview instead.
   * null where the person changed their mind.
   */
  'participants.prepareImport': {
    input: z.lazy(() => z.strictObject({ key, again: hash32Schema.nullable(), removeMissing: z.boolean() })),
    output: importPreviewSchema.nullable(),
    ...manager,
    ...effect,
  },
  /**
   * Opens the entry window with what was shown, and carries that out once it is confirmed there. `digest`: of that
   * preview. The people are those of the desk from then on.
   */
  'participants.applyImport': {
    input: z.lazy(() => z.strictObject({ key, digest: hash32Schema })),
    output: deskStateSchema,
    ...manager,
    ...effect,
  },
  /** Opens a save dialog. */
  'participants.export': {
    input: z.lazy(() => z.strictObject({ key, format: z.enum(['csv', 'json']) })),
    output: savedAs,
    ...signedIn,
    ...effect,
  },
  /**
   * Opens the entry window with what changes of the person: only there it is confirmed. `record`: names what was shown.
   * Wallets on record as lost stay, whatever is entered.
   */
  'participants.edit': {
    input: z.lazy(() =>
      z.strictObject({
        key,
        id: participantId,
        record: hash32Schema,
        name: z.string().max(200).nullable(),
        wallets: z.array(addressSchema).max(1000),
        effectiveWallet: addressSchema.nullable(),
      }),
    ),
    output: z.strictObject({ record: hash32Schema }),
    ...manager,
    ...effect,
  },
  /** Opens the entry window, in which it is confirmed that somebody may sign in again whose sign-in a recovery held. */
  'participants.releaseSignIn': {
    input: z.lazy(() => z.strictObject({ key, id: participantId })),
    output: z.lazy(() => z.strictObject({ released: z.boolean() })),
    ...manager,
    ...effect,
  },
} as const;
