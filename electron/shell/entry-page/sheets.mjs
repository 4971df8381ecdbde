// @ts-check
import { confirmSheet } from './confirm-sheet.mjs';
import { element } from './elements.mjs';
import { fieldOf } from './fields.mjs';
import { qrPicture } from './qr.mjs';
import { facts, keptLines, practiceMark, printButton } from './sheet-parts.mjs';

/** @typedef {import('../../../shared/entry-view.ts').EntryView} EntryView */
/** @typedef {import('../../../shared/entry-view.ts').FormView} FormView */

/**
 * What is shown for a view.
 * @typedef {object} Sheet
 * @property {string} title
 * @property {string} action the words on the button
 * @property {Node[]} content
 * @property {import('./fields.mjs').Field[]} fields
 */

/**
 * @param {EntryView} view
 * @param {(words: string) => void} refused told when a way of filling a field was refused
 * @returns {Sheet}
 */
export function sheetOf(view, refused) {
  return view.kind === 'confirm' ? confirmSheet(view, refused) : formSheet(view);
}

/**
 * @param {FormView} view
 * @returns {Sheet}
 */
function formSheet(view) {
  const fields = view.fields.map(fieldOf);
  return {
    title: view.title,
    action: view.action,
    content: [
      ...(view.practice ? [practiceMark()] : []),
      ...view.intro.map((paragraph) => element('p', {}, paragraph)),
      ...(view.facts.length === 0 ? [] : [facts(view.facts)]),
      ...(view.qr === null ? [] : [qrPicture(view.qr)]),
      ...(view.lines === null ? [] : [keptLines(view.lines.label, view.lines.values)]),
      ...(view.printable === true ? [printButton()] : []),
      ...fields.flatMap(({ rows }) => rows),
    ],
    fields,
  };
}
