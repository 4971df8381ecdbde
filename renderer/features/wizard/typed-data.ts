/** Typed data as a person reads it. What is signed stays the text as main gave it: this is for the eyes alone. */

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The sentence that the wallet shows to its holder, or null where there is none. */
export function signedStatement(text: string): string | null {
  const statement = fieldOf(fieldOf(parsed(text), 'message'), 'statement');
  return typeof statement === 'string' ? statement : null;
}
