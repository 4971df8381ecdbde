/** Survivors in words: apart from `directory.ts`, for the window uses them without a schema library. */

/** `a trusted device works on until 2026-12-01T..`, or without an end. */
export function survivorWords(what: string, until: string | null): string {
  return `${what} works on ${until === null ? 'without an end' : `until ${until}`}`;
}
