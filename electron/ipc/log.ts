/**
 * What is written down of calls and events: these fields and no others, so that no input, answer or message can
 * reach a log.
 */
import type { EventName, ProcedureName } from '../../shared/contract-names.ts';
import type { ErrorCode } from '../../shared/errors.ts';

export interface CallRecord {
  /** null where the name is none of the contract: it is then a text of the sender's own. */
  readonly name: ProcedureName | EventName | null;
  readonly code: ErrorCode | 'OK';
  readonly milliseconds: number;
}

export interface CallLog {
  /** Must not throw. */
  record(call: CallRecord): void;
}

/** Keeps nothing. */
export const NO_LOG: CallLog = { record() {} };

/** A log of one JSON line a call. A log that can't be written never holds a call up. */
export function createCallLog(write: (line: string) => void): CallLog {
  return {
    record({ name, code, milliseconds }) {
      try {
        write(JSON.stringify({ name, code, milliseconds: Math.round(milliseconds) }));
      } catch {
        // The call matters more than its line.
      }
    },
  };
}
