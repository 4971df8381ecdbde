// @ts-check
/**
 * The document in which secrets and confirmations are typed. It shows what main gives it, and gives main what was typed;
 * it keeps nothing and knows nothing of the desk's page.
 */
import { element } from './elements.mjs';
import { sheetOf } from './sheets.mjs';

/** @typedef {import('./sheets.mjs').Sheet} Sheet */
/** @typedef {import('./fields.mjs').Field} Field */
/** @typedef {import('../../../shared/entry-view.ts').EntryView} EntryView */
/** @typedef {import('../../../shared/entry-view.ts').EntryVerdict} EntryVerdict */

const bridge = /** @type {{ entry: import('../../entry-preload.ts').EntryBridge }} */ (
  /** @type {unknown} */ (window)
).entry;

const place = /** @type {HTMLElement} */ (document.getElementById('sheet'));
const problem = element('p', { id: 'problem', class: 'problem', role: 'alert' });
const state = element('p', { class: 'state', role: 'status' });

/** @type {EntryVerdict} */
const NO_ANSWER = { taken: false, message: 'The desk did not answer. Nothing was begun by this.' };

/** @param {string} words */
function complain(words) {
  problem.textContent = words;
}

/**
 * @param {Field[]} fields
 * @returns {boolean} whether they can be sent; if not, it says why
 */
function sendable(fields) {
  const lacking = fields.find((field) => field.problem() !== null);
  for (const { input } of fields) input.removeAttribute('aria-invalid');
  complain(lacking?.problem() ?? '');
  lacking?.input.setAttribute('aria-invalid', 'true');
  lacking?.input.focus();
  return lacking === undefined;
}

/**
 * @param {Sheet} sheet
 * @param {HTMLButtonElement} action
 */
async function submit({ fields }, action) {
  if (!sendable(fields)) return;
  state.textContent = 'One moment, this is being checked.';
  action.disabled = true;
  const sent = bridge.submit(Object.fromEntries(fields.map((field) => [field.name, field.read()])));
  // SECURITY: before the answer is there: no secret stands in the document while it is being checked, or after.
  for (const field of fields) if (field.secret) field.clear();
  const verdict = await sent.catch(() => NO_ANSWER);
  state.textContent = '';
  action.disabled = false;
  if ('next' in verdict) {
    show(verdict.next);
  } else if (verdict.taken) {
    // The window is closed by main, which may take a moment.
    place.replaceChildren();
  } else {
    complain(verdict.message);
    const wrong = fields.find(({ name }) => name === verdict.field);
    wrong?.input.setAttribute('aria-invalid', 'true');
    (wrong ?? fields.find((field) => field.read() === '') ?? fields[0])?.input.focus();
  }
}

/** @param {EntryView} view */
function show(view) {
  const sheet = sheetOf(view, complain);
  document.title = sheet.title;
  complain('');
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
  // Enter is a new line where several are typed; with Ctrl it sends there, too.
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) form.requestSubmit();
  });
  place.replaceChildren(element('h1', { id: 'title' }, sheet.title), form);
  place.setAttribute('aria-busy', 'false');
  // What stands above the first field is read before it is filled.
  (sheet.fields[0]?.input ?? action).focus({ preventScroll: true });
  scrollTo(0, 0);
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') void bridge.cancel();
});
// SECURITY: nothing that is dropped anywhere in this window is taken.
for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => event.preventDefault());

show(await bridge.view());
