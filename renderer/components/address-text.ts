/** `0x1234…abcd`: the first and the last four digits, for places where the full form is at hand. */
export function shortHex(text: string): string {
  return text.length <= 12 ? text : `${text.slice(0, 6)}…${text.slice(-4)}`;
}

/** The digits in groups of four, as they are read out and compared. */
export function groupedHex(text: string): readonly string[] {
  return ['0x', ...(text.slice(2).match(/.{1,4}/gu) ?? [])];
}
