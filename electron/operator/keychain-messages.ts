/** What the desk asks the keychain program, and what that answers. */
import { z } from 'zod';

/** Under which entries stand in the keychain, as the person sees them there. */
export const KEYCHAIN_SERVICE = 'Recovery Desk';

export const keychainRequestSchema = z.lazy(() =>
  z.discriminatedUnion('ask', [
    z.strictObject({ ask: z.literal('read'), account: z.string().min(1) }),
    /** `secret` is text without a zero character. */
    z.strictObject({ ask: z.literal('write'), account: z.string().min(1), secret: z.string().min(1) }),
    z.strictObject({ ask: z.literal('remove'), account: z.string().min(1) }),
  ]),
);
export type KeychainRequest = z.output<typeof keychainRequestSchema>;

/**
 * Why the keychain could not be used. `missing_part`: keytar is not installed; `no_service`: nothing answers;
 * `closed`: it answers, and yet gives and takes nothing.
 */
const keychainFaultSchema = z.enum(['missing_part', 'no_service', 'closed']);
export type KeychainFault = z.output<typeof keychainFaultSchema>;

export const keychainAnswerSchema = z.lazy(() =>
  z.discriminatedUnion('gave', [
    /** To `read`: null where the keychain is open and holds no such entry. */
    z.strictObject({ gave: z.literal('secret'), secret: z.string().nullable() }),
    z.strictObject({ gave: z.literal('written') }),
    /** To `remove`: whether there was one. */
    z.strictObject({ gave: z.literal('removed'), was: z.boolean() }),
    z.strictObject({ gave: z.literal('fault'), fault: keychainFaultSchema }),
  ]),
);
export type KeychainAnswer = z.output<typeof keychainAnswerSchema>;
