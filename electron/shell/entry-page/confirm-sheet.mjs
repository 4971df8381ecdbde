// @ts-check
import { coins, element, inGroups } from './elements.mjs';
import { fieldOf } from './fields.mjs';
import { facts, practiceMark } from './sheet-parts.mjs';
import { typedField } from './typed-field.mjs';

/** @typedef {import('../../../shared/entry-view.ts').ConfirmView} ConfirmView */
/** @typedef {import('./sheets.mjs').Sheet} Sheet */

/** How many characters of the lost wallet's address the confirmation repeats. */
const TYPED_OF_WALLET = 6;

/**
 * @param {ConfirmView} view
 * @param {(words: string) => void} refused
 * @returns {Sheet}
 */
export function confirmSheet(view, refused) {
  const fields = [typedField(refused), ...proofFields(view)];
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
        ...walletRows(view),
        ['Replacement identity', inGroups(view.replacementIdentity)],
        ...healthyRows(view),
        ['Tokens', tokensText(view)],
        ...holdersWayRows(view),
        ['Highest cost', `${coins(view.highestCost)} of the network's own coin`],
        ['Digest of the plan', inGroups(view.digest)],
      ]),
      element('p', { id: 'wanted' }, 'To begin, type: ', element('strong', { class: 'wanted' }, view.text)),
      ...fields.flatMap(({ rows }) => rows),
    ],
    fields,
  };
}

/**
 * Each lost wallet with its replacement, in full; the first is the one that is typed.
 * @param {ConfirmView} view
 * @returns {(readonly [string, Node])[]}
 */
function walletRows({ lostWallet, replacementWallet, further = [] }) {
  const all = [{ lostWallet, replacementWallet, before: false }, ...further];
  return all.flatMap(({ lostWallet: lost, replacementWallet: replacement, before }, index) => {
    const which = all.length === 1 ? '' : ` (${index + 1} of ${all.length})`;
    return [
      [
        `${before ? 'Lost before' : 'Lost wallet'}${which}`,
        inGroups(lost, index === 0 ? TYPED_OF_WALLET : 0),
      ],
      [
        `${before ? 'Linked to' : which === '' ? 'Replacement wallet' : 'Replacement'}${which}`,
        inGroups(replacement),
      ],
    ];
  });
}

/**
 * @param {ConfirmView} view
 * @returns {(readonly [string, Node])[]}
 */
function healthyRows({ healthy = [] }) {
  return healthy.map(({ wallet, moves }, index) => {
    const which = healthy.length === 1 ? '' : ` (${index + 1} of ${healthy.length})`;
    return [`In use, ${moves ? 'moves along' : 'stays'}${which}`, inGroups(wallet)];
  });
}

/**
 * What new wallets recover themselves, for nobody named has the right, and what they are given for the gas of it.
 * @param {ConfirmView} view
 * @returns {(readonly [string, string])[]}
 */
function holdersWayRows({ holdersWay }) {
  if (holdersWay === undefined) return [];
  const { tokens, given } = holdersWay;
  return [
    ['Recovered by the new wallet itself', tokens.join(', ')],
    ...(given === '0'
      ? []
      : [
          /** @type {const} */ ([
            'Given to it for gas',
            `${coins(given)} of the network's own coin, within the highest cost`,
          ]),
        ]),
  ];
}

/**
 * What the operator shows anew that it is they. Where either will do it is hidden, for it may be the passphrase.
 * @param {ConfirmView} view
 */
function proofFields({ proof }) {
  if (proof === null) return [];
  const kind = proof.kind === 'code' ? 'code' : 'passphrase';
  const { label, hint } = proof;
  return [fieldOf({ name: 'proof', label, kind, hint, minLength: null, optional: false })];
}

/** @param {ConfirmView} view */
function tokensText({ tokens, expectedToFail }) {
  return expectedToFail === 0 ? String(tokens) : `${tokens}, of which ${expectedToFail} are expected to fail`;
}
