/** Answers of a remote signer, read strictly. */
import { z } from 'zod';
import { plainText } from '../../../shared/plain-text.ts';

/** What came back: a result, or that it cannot do this at all, or that it would not. */
export type Answered =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'unknown_method' }
  | { readonly kind: 'declined'; readonly code: number; readonly words: string }
  | { readonly kind: 'garbage' };

/** JSON-RPC "method not found", and "method not enabled" as Web3Signer and Besu say it. */
const UNKNOWN_METHOD: readonly number[] = [-32601, -32604];

const answerSchema = z.union([
  z.object({ error: z.object({ code: z.int(), message: z.string() }) }),
  z.object({ id: z.int(), result: z.unknown() }),
]);

export function readAnswered(value: unknown, id: number): Answered {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return { kind: 'garbage' };
  if ('error' in parsed.data) {
    const { code, message } = parsed.data.error;
    if (UNKNOWN_METHOD.includes(code)) return { kind: 'unknown_method' };
    return { kind: 'declined', code, words: plainText(message) };
  }
  if (parsed.data.id !== id || parsed.data.result === undefined) return { kind: 'garbage' };
  return { kind: 'result', result: parsed.data.result };
}

const signedSchema = z.lazy(() =>
  z.union([
    /** Web3Signer: the raw transaction. */
    z.string(),
    /** Clef, and nodes: the raw transaction, and what is in it, which is not read. */
    z.object({ raw: z.string() }).transform(({ raw }) => raw),
  ]),
);

/** @returns the raw transaction as it was answered; an empty text where there is none. */
export function rawOf(result: unknown): string {
  const parsed = signedSchema.safeParse(result);
  return parsed.success ? parsed.data : '';
}

/** @returns the signature as it was answered; an empty text where there is none. */
export function signatureOf(result: unknown): string {
  return typeof result === 'string' ? result : '';
}

/** @returns the accounts, in lower case; null where it is no list of addresses. */
export function accountsOf(result: unknown): readonly string[] | null {
  const parsed = z.array(z.string().regex(/^0x[0-9a-fA-F]{40}$/)).safeParse(result);
  return parsed.success ? parsed.data.map((text) => text.toLowerCase()) : null;
}
