/** Columns for the terminal. */

const graphemes = new Intl.Segmenter();

/** What a reader sees as one character takes one column, near enough for the names that tokens have. */
function width(text: string): number {
  return Array.from(graphemes.segment(text)).length;
}

/** Rows under a header, columns as wide as their widest cell. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((count) => '─'.repeat(count))), ...rows.map(line)].join('\n');
}
