// @ts-check
/**
 * The document in which secrets and confirmations are typed. It shows what main gives it, and gives main what was typed;
 * it keeps nothing and knows nothing of the desk's page.
 */
import { element } from './elements.mjs';
import { sheetOf } from './sheets.mjs';

/** @typedef {import('./sheets.mjs').Sheet} Sheet */

const bridge = /** @type {{ entry: import('../../entry-preload.ts').EntryBridge }} */ (
  /** @type {unknown} */ (window)
).entry;

const place = /** @type {HTMLElement} */ (document.getElementById('sheet'));
const problem = element('p', { id: 'problem', class: 'problem', role: 'alert' });
const state = element('p', { class: 'state', role: 'status' });

/** @param {string} words */
function complain(words) {
  problem.textContent = words;
}

/**
 * @param {Sheet} sheet
 * @param {HTMLButtonElement} action
 */
async function submit(sheet, action) {
  const read = sheet.read();
  if ('problem' in read) {
    complain(read.problem);
    sheet.inputs[0]?.focus();
    return;
  }
  complain('');
  state.textContent = 'One moment, this is being checked.';
  action.disabled = true;
  const verdict = await bridge
    .submit(read.typed)
    .catch(() => ({ taken: false, message: 'The desk did not answer. Nothing was begun by this.' }));
  state.textContent = '';
  action.disabled = false;
  // The window is closed by main once a text was taken.
  if (!('message' in verdict)) return;
  complain(verdict.message);
  for (const input of sheet.inputs) if (input.type === 'password') input.value = '';
  sheet.inputs[0]?.focus();
}

/** @param {Sheet} sheet */
function show(sheet) {
  document.title = sheet.title;
  const action = element('button', { type: 'submit', class: 'action' }, sheet.action);
  const cancel = element('button', { type: 'button' }, 'Cancel');
  cancel.addEventListener('click', () => void bridge.cancel());
  const form = element(
    'form',
    { novalidate: '' },
    ...sheet.content,
    problem,
    state,
    element('div', { class: 'buttons' }, cancel, action),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!action.disabled) void submit(sheet, action);
  });
  place.replaceChildren(element('h1', { id: 'title' }, sheet.title), form);
  place.setAttribute('aria-busy', 'false');
  sheet.inputs[0]?.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') void bridge.cancel();
});
// SECURITY: nothing that is dropped anywhere in this window is taken.
for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => event.preventDefault());

show(sheetOf(await bridge.view(), complain));
