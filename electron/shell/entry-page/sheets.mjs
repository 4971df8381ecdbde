// @ts-check
import { coins, element, inGroups } from './elements.mjs';
import { passphraseField, typedField } from './fields.mjs';

/** @typedef {import('../../../shared/entry-view.ts').EntryView} EntryView */
/** @typedef {Extract<EntryView, { kind: 'confirm' }>} ConfirmView */
/** @typedef {Extract<EntryView, { kind: 'passphrase' }>} PassphraseView */
/** @typedef {Extract<EntryView, { kind: 'new_passphrase' }>} NewPassphraseView */

/**
 * What is shown for a view, and how what was typed is read.
 * @typedef {object} Sheet
 * @property {string} title
 * @property {string} action the words on the button
 * @property {Node[]} content
 * @property {HTMLInputElement[]} inputs
 * @property {() => { typed: string } | { problem: string }} read
 */

/**
 * @param {EntryView} view
 * @param {(words: string) => void} refused told when a way of filling a field was refused
 * @returns {Sheet}
 */
export function sheetOf(view, refused) {
  if (view.kind === 'confirm') return confirmSheet(view, refused);
  return view.kind === 'passphrase' ? passphraseSheet(view) : newPassphraseSheet(view);
}

/**
 * @param {ConfirmView} view
 * @param {(words: string) => void} refused
 * @returns {Sheet}
 */
function confirmSheet(view, refused) {
  const { row, input } = typedField('typed', 'Confirmation text', refused);
  return {
    title: 'Confirm the recovery',
    action: 'Begin the recovery',
    content: [
      ...(view.practice ? [practiceMark()] : []),
      element(
        'p',
        {},
        'Compare this with your case. It can be stopped until its first irreversible step is signed.',
      ),
      facts([
        ['Person', view.person],
        ['Case', `${view.ticket}: ${view.reason}`],
        ['Network', `${view.network} (chain ${view.chainId})`],
        ['Lost wallet', inGroups(view.lostWallet, TYPED_OF_WALLET)],
        ['Replacement wallet', inGroups(view.replacementWallet)],
        ['Replacement identity', inGroups(view.replacementIdentity)],
        ['Tokens', tokensText(view)],
        ['Highest cost', `${coins(view.highestCost)} of the network's own coin`],
        ['Digest of the plan', inGroups(view.digest)],
      ]),
      element('p', { id: 'wanted' }, 'To begin, type: ', element('strong', { class: 'wanted' }, view.text)),
      row,
    ],
    inputs: [input],
    read: () => ({ typed: input.value }),
  };
}

/** How many characters of the lost wallet's address the confirmation repeats. */
const TYPED_OF_WALLET = 6;

/** @param {ConfirmView} view */
function tokensText({ tokens, expectedToFail }) {
  return expectedToFail === 0 ? String(tokens) : `${tokens}, of which ${expectedToFail} are expected to fail`;
}

/**
 * @param {PassphraseView} view
 * @returns {Sheet}
 */
function passphraseSheet(view) {
  const { row, input } = passphraseField('typed', 'Passphrase');
  return {
    title: view.what,
    action: 'Open',
    content: [facts([['File', view.file]]), row],
    inputs: [input],
    read: () => ({ typed: input.value }),
  };
}

/**
 * @param {NewPassphraseView} view
 * @returns {Sheet}
 */
function newPassphraseSheet(view) {
  const first = passphraseField('typed', 'New passphrase');
  const second = passphraseField('again', 'The same again');
  return {
    title: view.what,
    action: 'Set the passphrase',
    content: [
      element(
        'p',
        {},
        `At least ${view.minLength} characters. Nobody can reset it: without it the wallet cannot be opened.`,
      ),
      first.row,
      second.row,
    ],
    inputs: [first.input, second.input],
    read() {
      const typed = first.input.value;
      if (Array.from(typed).length < view.minLength) {
        return { problem: `The passphrase needs at least ${view.minLength} characters.` };
      }
      return typed === second.input.value ? { typed } : { problem: 'The two passphrases are not the same.' };
    },
  };
}

function practiceMark() {
  return element(
    'p',
    { class: 'practice' },
    element('strong', {}, 'Practice'),
    ' Nothing here is real: a training network on this machine.',
  );
}

/** @param {[string, Node | string][]} rows */
function facts(rows) {
  return element(
    'dl',
    {},
    ...rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}
