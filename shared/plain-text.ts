/** Text that others wrote (contracts, files, nodes) made safe to show: no control, format or direction characters. */

/** Longest text taken over from outside, in characters. */
const LONGEST = 200;

/** The text without invisible and control characters, cut to a length; `?` where nothing is left. */
export function plainText(text: string, longest: number = LONGEST): string {
  const clean = text.replace(/\p{C}/gu, '').trim();
  if (clean === '') return '?';
  const characters = Array.from(clean);
  return characters.length <= longest ? clean : `${characters.slice(0, longest).join('')}…`;
}

/** The same for words of several lines: line breaks stay, all else that moves a cursor goes. */
export function plainLines(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '');
}
