/**
 * The window's only way to main: a typed client of `window.desk`, derived from the contract. It knows no transport and
 * trusts no shape: an answer without a right envelope, and a bridge that fails, become errors a person can read.
 */
import type { z } from 'zod';
import type { Answer, ErrorView } from '../shared/answer.ts';
import type { EventName, ProcedureName } from '../shared/contract-names.ts';
import type { OutputOf, PayloadOf, Procedures } from '../shared/contract.ts';
import type { DeskBridge } from '../shared/desk-bridge.ts';

declare global {
  interface Window {
    readonly desk: DeskBridge;
  }
}

/** What is handed over for a procedure, before main has read it: addresses are still plain text. */
export type SentTo<P extends ProcedureName> = z.input<Procedures[P]['input']>;

/** Asks main. Never rejects: what was refused, and what went wrong on the way, is an answer too. */
export async function call<P extends ProcedureName>(name: P, input: SentTo<P>): Promise<Answer<OutputOf<P>>> {
  try {
    const answer = readAnswer<OutputOf<P>>(await window.desk.invoke(name, input));
    if (!answer.ok && answer.error.code === 'DESK_LOCKED') foundLocked();
    return answer;
  } catch {
    return { ok: false, error: UNANSWERED };
  }
}

let foundLocked = (): void => undefined;

/** Sets what is done when main refuses something for the desk is locked, whatever was asked for. */
export function onFoundLocked(act: () => void): void {
  foundLocked = act;
}

/** Listens to what main tells unasked. @returns ends the listening. */
export function listen<E extends EventName>(event: E, listener: (payload: PayloadOf<E>) => void): () => void {
  return window.desk.on(event, (payload) => listener(payload as PayloadOf<E>));
}

/** A key for one intention of a person: main never carries out the same key twice. */
export function newKey(): string {
  return crypto.randomUUID();
}

const UNANSWERED: ErrorView = {
  code: 'INTERNAL',
  message: 'The window could not reach the desk. Whether anything was done is not known here.',
  remedy: 'Look at the history before you try again. If it happens again, restart the desk.',
  retry: 'unsafe',
};

/** Main has parsed the value with the contract's own schema; here only the envelope is looked at. */
function readAnswer<T>(answer: unknown): Answer<T> {
  if (isRecord(answer)) {
    if (answer['ok'] === true && 'value' in answer) return { ok: true, value: answer['value'] as T };
    if (answer['ok'] === false && isErrorView(answer['error'])) return { ok: false, error: answer['error'] };
  }
  return { ok: false, error: UNANSWERED };
}

function isErrorView(value: unknown): value is ErrorView {
  return (
    isRecord(value) &&
    ['code', 'message', 'remedy', 'retry'].every((field) => typeof value[field] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
