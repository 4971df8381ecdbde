/** What the window may ask about claims after a recovery. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { claimsIssuedSchema, claimsRecheckSchema, claimsReportSchema } from './claims.ts';
import { effect, key, reading, recoveryId, savedAs, signedIn } from './procedure-parts.ts';

export const CLAIM_PROCEDURES = {
  'claims.read': {
    input: z.strictObject({ recoveryId }),
    output: claimsReportSchema,
    ...signedIn,
    ...reading,
  },
  'claims.recheck': {
    input: z.strictObject({ recoveryId }),
    output: claimsRecheckSchema,
    ...signedIn,
    ...reading,
  },
  /** Opens a save dialog for what one issuer is asked for: the document, or the page to print. */
  'claims.saveRequest': {
    input: z.lazy(() =>
      z.strictObject({
        key,
        recoveryId,
        issuer: addressSchema,
        form: z.enum(['document', 'page']),
      }),
    ),
    output: savedAs,
    ...signedIn,
    ...effect,
  },
  /**
   * Opens the entry window with the claims that whoever is signed in may issue; what is typed there signs and adds them.
   * One that was begun and has not ended is gone on with.
   */
  'claims.issue': {
    input: z.strictObject({ key, recoveryId }),
    output: claimsIssuedSchema,
    ...signedIn,
    ...effect,
  },
} as const;
