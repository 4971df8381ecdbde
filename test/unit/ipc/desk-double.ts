/** A desk around dispatch whose rights and lock are set by hand, and whose handlers answer as the contract says. */
import * as fc from 'fast-check';
import { createDispatch } from '../../../electron/ipc/dispatch.ts';
import type { Dispatch, DispatchNeeds } from '../../../electron/ipc/dispatch.ts';
import type { Handlers } from '../../../electron/ipc/handlers.ts';
import type { Lock, Rights, Sender } from '../../../electron/ipc/needs.ts';
import type { Answer } from '../../../shared/answer.ts';
import type { Json } from '../../../shared/canonical.ts';
import { PROCEDURES } from '../../../shared/contract.ts';
import { PROCEDURE_NAMES } from '../../../shared/contract-names.ts';
import type { ProcedureName } from '../../../shared/contract-names.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';

export const APP_ORIGIN = 'app://desk';
export const DESK_PAGE: Sender = { origin: APP_ORIGIN, top: true };

/** A key of a person's intention, told from others by its number. */
export function key(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const RECOVERY = 'R-0123456789';
export const HASH = `0x${'ab'.repeat(32)}`;
export const WALLET = '0x1111111111111111111111111111111111111111';

export class RightsByHand implements Rights {
  isSignedIn = false;
  isManager = false;
  isCustodian = false;
  readonly began = new Set<string>();
  /** Recoveries that somebody else began, and a part of which is signed by the key that is signed in. */
  readonly signs = new Set<string>();

  signedIn(): boolean {
    return this.isSignedIn;
  }
  identityManager(): boolean {
    return this.isManager;
  }
  custodian(): boolean {
    return this.isCustodian;
  }
  initiatorOf(recoveryId: string): boolean {
    return this.began.has(recoveryId);
  }
  partyOf(recoveryId: string): boolean {
    return this.began.has(recoveryId) || this.signs.has(recoveryId);
  }
}

export class LockByHand implements Lock {
  holder: string | null = null;

  isClosed = false;

  heldBy(): string | null {
    return this.holder;
  }
  closed(): boolean {
    return this.isClosed;
  }
}

/** What a handler does in place of its work; by default it answers with a value of its output schema. */
export type Behaviour = (name: ProcedureName, input: Json) => unknown;

export interface DeskDouble {
  readonly dispatch: Dispatch;
  readonly rights: RightsByHand;
  readonly lock: LockByHand;
  /** What was run, in order. */
  readonly runs: { readonly name: ProcedureName; readonly input: Json }[];
  behaviour: Behaviour;
  /** Asks as the desk's own page does; without an input, with an empty one. */
  ask(name: string, ...input: [unknown?]): Promise<Answer<Json>>;
}

/** One right answer of every procedure. */
export const OUTPUTS: Readonly<Record<ProcedureName, unknown>> = everyName((name) =>
  PROCEDURES[name].output.parse(
    fc.sample(arbitraryOf(PROCEDURES[name].output), { numRuns: 1, seed: 7 }).at(0),
  ),
);

export function everyName<T>(of: (name: ProcedureName) => T): Record<ProcedureName, T> {
  return Object.fromEntries(PROCEDURE_NAMES.map((name) => [name, of(name)])) as Record<ProcedureName, T>;
}

export function deskDouble(needs: Partial<DispatchNeeds> = {}): DeskDouble {
  const rights = new RightsByHand();
  const lock = new LockByHand();
  const runs: { readonly name: ProcedureName; readonly input: Json }[] = [];
  const handlers = everyName((name) => (input: Json) => {
    runs.push({ name, input });
    return desk.behaviour(name, input);
  });
  const dispatch = createDispatch({
    desk: { handlers: handlers as unknown as Handlers, rights, lock },
    appOrigin: APP_ORIGIN,
    ...needs,
  });
  const desk: DeskDouble = {
    dispatch,
    rights,
    lock,
    runs,
    behaviour: (name) => OUTPUTS[name],
    ask: (name, ...input) => dispatch(name, input.length === 0 ? {} : input[0], DESK_PAGE),
  };
  return desk;
}

/** The code of a refusal, or `OK`. */
export function codeOf(answer: Answer<Json>): string {
  return answer.ok ? 'OK' : answer.error.code;
}
