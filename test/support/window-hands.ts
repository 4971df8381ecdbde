/** A workbench as the window has it, asked through dispatch; dialogs and entry window are doubles of a person's hands. */
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import { nodeChildPrograms } from '../../electron/operator/node-child-programs.ts';
import { createDispatch } from '../../electron/ipc/dispatch.ts';
import { openWorkbench } from '../../electron/workbench/workbench.ts';
import type { Workbench } from '../../electron/workbench/workbench.ts';
import type { Checkpoint } from '../../electron/desk.ts';
import { projectRoot } from './tree.ts';
import type { Answer } from '../../shared/answer.ts';
import type { InputOf, OutputOf } from '../../shared/contract.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import { deskStateSchema } from '../../shared/desk-state.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import { DeskError } from '../../shared/errors.ts';
import { ACKNOWLEDGED, fieldsOf } from '../../shared/entry-view.ts';
import type { EntryValues, EntryView } from '../../shared/entry-view.ts';
import { wizardSchema } from '../../shared/wizard.ts';
import type { Wizard, WizardStep } from '../../shared/wizard.ts';

const ORIGIN = 'app://desk';

export interface Hands {
  readonly data: string;
  readonly bench: Workbench;
  /** What the next file dialogs answer, in order; null for a change of mind. A promise leaves one open until then. */
  readonly files: (string | null | Promise<string>)[];
  /** What happens while the next save dialogs are open, in order. */
  readonly meanwhile: (() => void)[];
  /** What was saved, by default name. */
  readonly saved: Map<string, string>;
  /** What entry windows showed. */
  readonly shown: EntryView[];
  /**
   * What is typed into the views of the next entry windows, in order: a text into the first field, values by the names of
   * fields, or these as the view has them typed; null to close one. An entry that was not taken is followed by the next.
   * Boxes are ticked.
   */
  readonly typed: (Typed | null)[];
  ask<P extends ProcedureName>(name: P, input: InputOf<P>): Promise<Answer<OutputOf<P>>>;
  /** @throws DeskError of the refusal. */
  get<P extends ProcedureName>(name: P, input: InputOf<P>): Promise<OutputOf<P>>;
  /** Until the wizard is told to be at the step. */
  reached<S extends WizardStep>(step: S): Promise<Extract<Wizard, { step: S }>>;
  /** Until the wizard is told to stand as asked for. */
  stands(asked: (wizard: Wizard) => boolean): Promise<Wizard>;
  /** The desk as it was told last. */
  told(): DeskState | null;
  /** Until the connection is told to have the status. */
  connection(status: DeskState['connection']['status']): Promise<void>;
  close(): Promise<void>;
}

/** What a person types into a view. */
export type Typed = string | EntryValues | ((view: EntryView) => EntryValues);

export function key(): string {
  return randomUUID();
}

/** Of every operator in tests: those of the practice network come with it. */
export const OPERATOR_PASSPHRASE = PRACTICE_PASSPHRASE;

/** What a person's hands make of the fields of a view. */
function filled(view: EntryView, typed: Typed): EntryValues {
  const fields = fieldsOf(view);
  if (typeof typed === 'function') return filled(view, typed(view));
  const given: EntryValues =
    typeof typed === 'string' ? { proof: OPERATOR_PASSPHRASE, [fields[0]?.name ?? '']: typed } : typed;
  const value = ({ name, kind }: (typeof fields)[number]): string =>
    given[name] ?? (kind === 'acknowledge' ? ACKNOWLEDGED : '');
  return Object.fromEntries(fields.map((field) => [field.name, value(field)]));
}

export interface HandsOptions {
  readonly data?: string;
  readonly checkpoint?: Checkpoint;
}

export function openHands(options: HandsOptions = {}): Hands {
  const data = options.data ?? mkdtempSync(path.join(tmpdir(), 'recovery-desk-window-'));
  const files: (string | null | Promise<string>)[] = [];
  const typed: (Typed | null)[] = [];
  const saved = new Map<string, string>();
  const meanwhile: (() => void)[] = [];
  const shown: EntryView[] = [];
  const faults: unknown[] = [];
  const waiting = new Set<() => void>();
  /** Whether the entry window was closed from outside since it opened. */
  let closed = false;
  const connections = new EventEmitter();
  let wizard: Wizard = { step: 'none' };
  let told: DeskState | null = null;
  const bench = openWorkbench({
    data,
    version: '0.0.0',
    runtime: 'chromium',
    dialogs: {
      openFile: async () => (await files.shift()) ?? null,
      saveFile: async ({ defaultName, text, assertMayWrite }) => {
        meanwhile.shift()?.();
        assertMayWrite?.();
        saved.set(defaultName, text);
        return path.join(data, defaultName);
      },
    },
    entry: {
      async ask(first, submit) {
        let view = first;
        shown.push(view);
        closed = false;
        for (;;) {
          const next = typed.shift() ?? null;
          const values = next === null ? null : filled(view, next);
          if (values === null || closed) return 'cancelled';
          const verdict = await submit(values);
          if (verdict.taken) return 'taken';
          if (!('next' in verdict)) continue;
          view = verdict.next;
          shown.push(view);
        }
      },
      cancel: () => {
        closed = true;
      },
    },
    tell: (name, payload) => {
      if (name === 'desk.changed') {
        told = deskStateSchema.parse(payload);
        connections.emit(told.connection.status);
      }
      if (name !== 'wizard.changed') return;
      wizard = wizardSchema.parse(payload);
      for (const look of waiting) look();
    },
    programs: nodeChildPrograms(path.join(projectRoot, 'out', 'main')),
    openExternal: () => Promise.reject(new Error('there is no browser here')),
    fault: (thrown) => faults.push(thrown),
    ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
  });
  const dispatch = createDispatch({ desk: bench, appOrigin: ORIGIN });
  const ask = async <P extends ProcedureName>(name: P, input: InputOf<P>) =>
    (await dispatch(name, input, { origin: ORIGIN, top: true })) as Answer<OutputOf<P>>;
  const stands = (asked: (wizard: Wizard) => boolean): Promise<Wizard> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!asked(wizard)) return;
        waiting.delete(look);
        resolve(wizard);
      };
      waiting.add(look);
      look();
    });
  return {
    data,
    bench,
    files,
    meanwhile,
    saved,
    shown,
    typed,
    ask,
    async get(name, input) {
      const answer = await ask(name, input);
      if (answer.ok) return answer.value;
      const { code, message, remedy, retry } = answer.error;
      throw new DeskError(code, { message, remedy, retry });
    },
    stands,
    reached: async <S extends WizardStep>(step: S) =>
      (await stands((now) => now.step === step)) as Extract<Wizard, { step: S }>,
    told: () => told,
    async connection(status) {
      await once(connections, status);
    },
    async close() {
      await bench.close();
      if (faults.length > 0) throw new Error('something went wrong untold', { cause: faults[0] });
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

/**
 * Sets an operator up from a keystore of theirs and signs in, on a desk whose policy lets it do without a keychain: there
 * is none where these tests run. The keychain has tests of its own.
 */
export async function setUpAndSignIn(
  hands: Hands,
  files: { readonly keystore: string; readonly passphrase: string },
  name = 'Ada Lovelace',
): Promise<void> {
  const known = (await hands.get('desk.state', {})).operators.find((one) => one.name === name);
  if (known !== undefined) return signIn(hands, known.id);
  hands.files.push(files.keystore);
  hands.typed.push(readFileSync(files.passphrase, 'utf8').trim(), OPERATOR_PASSPHRASE);
  const credential = { kind: 'keystore', from: 'file' } as const;
  const made = await hands.get('operator.create', { key: key(), name, signIn: 'passphrase', credential });
  await signIn(hands, made.operators.find((one) => one.name === name)?.id ?? '');
}

export async function signIn(hands: Hands, operatorId: string): Promise<void> {
  hands.typed.push(OPERATOR_PASSPHRASE);
  await hands.get('operator.signIn', { key: key(), operatorId });
}
