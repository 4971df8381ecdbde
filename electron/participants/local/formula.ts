/**
 * SECURITY: a cell that begins like a formula is run by the spreadsheet that opens the file. An apostrophe before it
 * makes it text there; it is put on export and taken off on import, so that what comes back is what went out.
 */

/** Signs that spreadsheets take for the begin of a formula, also in full width, behind any apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

export function escapeFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function unescapeFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}
