/** Which fault a test process brings upon itself, and when. */
import { z } from 'zod';

export const faultSchema = z.strictObject({
  signal: z.enum(['SIGKILL', 'SIGINT', 'none']),
  /** The checkpoint's name; without one every checkpoint counts. */
  at: z.string().optional(),
  /** The how-manieth time that it is passed. */
  count: z.int().min(1).default(1),
});

export type Fault = z.input<typeof faultSchema>;
