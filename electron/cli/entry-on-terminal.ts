/**
 * The forms of the desk, asked on the terminal: what the window's entry window is there. What is typed goes to whoever
 * asked, and must never be shown, kept or written anywhere.
 */
import { DeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { EntryField, EntryValues, EntryVerdict, FormView } from '../../shared/entry-view.ts';
import type { EntryWindow } from '../workbench/needs.ts';
import type { GivenPassphrase } from './given-passphrase.ts';
import type { Output } from './output.ts';
import { askSecret } from './prompt.ts';
import type { Terminal } from './prompt.ts';

/** How often one thing may be typed. Waits after wrong attempts are the desk's own. */
const TRIES = 3;

/** What typing once more can mend. */
const MISTYPED: ReadonlySet<ErrorCode> = new Set([
  'PASSPHRASE_WRONG',
  'TOTP_WRONG',
  'TOTP_CLOCK_SKEW',
  'RECOVERY_CODE_WRONG',
]);

type Submit = (values: EntryValues) => Promise<EntryVerdict>;
type Refusal = { readonly taken: false; readonly error: DeskError };

/**
 * @param given answers every passphrase in place of the person, for as long as it is not wrong.
 * @throws DeskError where there is no terminal to ask on; what was refused where typing it again mends nothing.
 */
export function entryOnTerminal(
  terminal: Terminal,
  output: Output,
  given: GivenPassphrase | null,
): EntryWindow {
  const isGiven = (field: EntryField): boolean => given !== null && field.kind === 'passphrase';

  async function valueOf(field: EntryField): Promise<string> {
    if (given !== null && isGiven(field)) return given.text();
    if (terminal.input.isTTY !== true) throw noTerminalFor(field);
    return askSecret(terminal, field.label);
  }

  async function valuesOf({ fields }: FormView): Promise<EntryValues> {
    const values: [string, string][] = [];
    for (const field of fields) values.push([field.name, await valueOf(field)]);
    return Object.fromEntries(values);
  }

  /** One view until it is taken or followed by another; that is returned. */
  async function answered(view: FormView, submit: Submit): Promise<FormView | null> {
    tell(view, output);
    const typed = view.fields.some((field) => !isGiven(field));
    for (let tries = typed ? TRIES : 1; ; tries -= 1) {
      const verdict = await judged(await valuesOf(view), submit);
      if (verdict.taken) return null;
      if ('next' in verdict) return formOf(verdict.next);
      if (tries === 1) throw verdict.error;
      output.say(`${verdict.error.message} ${verdict.error.remedy}`);
    }
  }

  return {
    async ask(first, submit) {
      let view: FormView | null = formOf(first);
      while (view !== null) view = await answered(view, submit);
      return 'taken';
    },
    // Questions on the terminal end with Ctrl-C.
    cancel: () => undefined,
  };
}

async function judged(
  values: EntryValues,
  submit: Submit,
): Promise<Exclude<EntryVerdict, { message: string }> | Refusal> {
  try {
    const verdict = await submit(values);
    if ('message' in verdict) throw new TypeError('a form of the terminal is refused by an error');
    return verdict;
  } catch (thrown) {
    if (thrown instanceof DeskError && MISTYPED.has(thrown.code)) return { taken: false, error: thrown };
    throw thrown;
  }
}

function formOf(view: Parameters<EntryWindow['ask']>[0]): FormView {
  if (view.kind === 'form') return view;
  throw new TypeError('a plan is confirmed on the terminal by its own question');
}

function tell({ title, intro, facts }: FormView, output: Output): void {
  output.say(`\n${title}`);
  for (const [name, value] of facts) output.say(`${name}: ${value}`);
  for (const paragraph of intro) output.say(paragraph);
}

function noTerminalFor({ kind, label }: EntryField): DeskError {
  if (kind === 'code') {
    return new DeskError('TOTP_WRONG', {
      message:
        'A one-time code is needed as well, and there is no terminal to type it on. Nothing was opened.',
      remedy: 'Run the command on a terminal.',
      retry: 'safe',
    });
  }
  return new DeskError('PASSPHRASE_UNREADABLE', {
    message: `${label}: there is no terminal to type it on. Nothing was opened.`,
    remedy: 'Give it by a file descriptor, with --passphrase-fd.',
    retry: 'safe',
  });
}
