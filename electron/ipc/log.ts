/**
 * What is written down of calls and events: these fields and no others, so that no input, answer or message can
 * reach a log. Only faults of the program are: a page can't bring them about at will, and so can't hold main up with them.
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

/** What no use of the window leads to as long as the program is right. */
const FAULTS: ReadonlySet<CallRecord['code']> = new Set(['INTERNAL', 'OUTPUT_INVALID']);

/** A log of one JSON line a fault. A log that can't be written never holds a call up. */
export function createFaultLog(write: (line: string) => void): CallLog {
  return {
    record({ name, code, milliseconds }) {
      if (!FAULTS.has(code)) return;
      try {
        write(JSON.stringify({ name, code, milliseconds: Math.round(milliseconds) }));
      } catch {
        // The call matters more than its line.
      }
    },
  };
}
