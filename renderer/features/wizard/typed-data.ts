/** Typed data as a person reads it. What is signed stays the text as main gave it: this is for the eyes alone. */
import { z } from 'zod';

const statementSchema = z.object({ message: z.object({ statement: z.string() }) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The sentence that the wallet shows to its holder, or null where there is none. */
export function signedStatement(text: string): string | null {
  const read = statementSchema.safeParse(parsed(text));
  return read.success ? read.data.message.statement : null;
}
