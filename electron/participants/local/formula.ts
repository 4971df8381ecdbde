/**
 * SECURITY: a cell that begins like a formula is run by the spreadsheet that opens the file. An apostrophe before it
 * makes it text there; it is put on export and taken off on import, so that what comes back is what went out.
 */

/**
 * Where a cell begins with a sign that spreadsheets take for the begin of a formula, also in full width, behind any
 * apostrophes. Whatever may separate cells begins another: quotes hold it together only where the spreadsheet separates by
 * commas, and those of many countries do not.
 */
const FORMULA = /(?<=^|[,;\t\r\n])'*(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/gu;

export function escapeFormula(text: string): string {
  return text.replace(FORMULA, "'$&");
}

export function unescapeFormula(text: string): string {
  return text.replace(FORMULA, (apostrophes) => apostrophes.slice(1));
}
