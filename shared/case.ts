/** A case opens a recovery: why, under which ticket, and how the person was identified. */
import { z } from 'zod';
import { RECOVERY_REASONS } from './recovery-reasons.ts';

export const caseSchema = z.lazy(() =>
  z.strictObject({
    reason: z.enum(RECOVERY_REASONS),
    ticket: z.string().trim().min(1).max(200),
    /** How the person was identified (document, call-back, visit), in the desk's own words. */
    identifiedHow: z.string().trim().max(500).nullable(),
    identifiedBy: z.string().trim().max(200).nullable(),
    /** sha256 of evidence documents, which stay where they are. */
    evidence: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'is not a sha256')).max(100),
  }),
);

export type RecoveryCase = z.output<typeof caseSchema>;
