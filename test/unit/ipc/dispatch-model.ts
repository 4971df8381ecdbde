/** What dispatch is expected to answer, said a second time and more simply: a table of conditions, without time. */
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../../shared/answer.ts';
import type { Json } from '../../../shared/canonical.ts';
import { PROCEDURES } from '../../../shared/contract.ts';
import type { ProcedureSpec } from '../../../shared/contract.ts';
import type { ProcedureName } from '../../../shared/contract-names.ts';

/** What a handler does when it is run: the code that its call ends with. */
export const OUTCOMES = ['OK', 'NOT_CONNECTED', 'INTERNAL', 'OUTPUT_INVALID'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface ModelCall {
  readonly name: string;
  /** JSON always: what is none has tests of its own. */
  readonly input: Json;
  readonly ownPage: boolean;
  readonly outcome: Outcome;
}

interface Used {
  readonly name: string;
  readonly input: unknown;
  readonly code: string;
  readonly answer: Answer<Json>;
}

export class DispatchModel {
  signedIn = false;
  manager = false;
  custodian = false;
  began = new Set<string>();
  holder: string | null = null;
  readonly used = new Map<string, Used>();
  /** Effects and readings that were to be run, by key where there is one. */
  runs = 0;
  readonly keys: number;

  constructor(keys: number) {
    this.keys = keys;
  }

  /** The code that a call must end with, and whether its handler must be run for it. */
  predicts(call: ModelCall): { readonly code: string; readonly run: boolean } {
    const refused = (code: string) => ({ code, run: false });
    if (!call.ownPage) return refused('SENDER_REFUSED');
    const spec = specOf(call.name);
    if (spec === undefined) return refused('PROCEDURE_UNKNOWN');
    if (this.holder !== null && !spec.duringRecovery) return refused('LOCKED_ON_RECOVERY');
    if (spec.right !== 'anyone' && !this.signedIn) return refused('RIGHT_MISSING');
    const parsed = spec.input.safeParse(call.input);
    if (!parsed.success) return refused('INPUT_INVALID');
    const input = parsed.data as { readonly key?: string; readonly recoveryId?: string };
    if (spec.right === 'identityManager' && !this.manager) return refused('RIGHT_MISSING');
    if (spec.right === 'custodian' && !this.custodian) return refused('RIGHT_MISSING');
    if ((spec.right === 'initiator' || spec.right === 'party') && !this.began.has(input.recoveryId ?? ''))
      return refused('RIGHT_MISSING');
    if (input.key === undefined) return { code: call.outcome, run: true };
    const used = this.used.get(input.key.toLowerCase());
    if (used !== undefined) {
      const same = used.name === call.name && isDeepStrictEqual(used.input, input);
      return refused(same ? used.code : 'KEY_USED');
    }
    return this.used.size < this.keys ? { code: call.outcome, run: true } : refused('TOO_MANY_CALLS');
  }

  /** Remembers an effect that was run. */
  ran(call: ModelCall, answer: Answer<Json>): void {
    this.runs += 1;
    const input = specOf(call.name)?.input.parse(call.input) as { readonly key?: string };
    if (input.key === undefined) return;
    this.used.set(input.key.toLowerCase(), { name: call.name, input, code: call.outcome, answer });
  }

  /** The answer of before, where the call repeats one word for word. */
  answerBefore(call: ModelCall): Answer<Json> | undefined {
    const parsed = specOf(call.name)?.input.safeParse(call.input);
    const key = (parsed?.data as { readonly key?: string } | undefined)?.key;
    return key === undefined ? undefined : this.used.get(key.toLowerCase())?.answer;
  }
}

function specOf(name: string): ProcedureSpec | undefined {
  return Object.entries(PROCEDURES).find(([known]) => known === (name as ProcedureName))?.[1];
}
