import { useCallback, useEffect, useState } from 'react';
import type { ErrorView } from '../../shared/answer.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import type { OutputOf } from '../../shared/contract.ts';
import { call } from '../desk.ts';
import type { SentTo } from '../desk.ts';

export type Asked<T> =
  | { readonly status: 'asking'; readonly before: T | null }
  | { readonly status: 'answered'; readonly value: T }
  | { readonly status: 'failed'; readonly error: ErrorView };

/**
 * Asks main for what a view shows, and again when the input changes. An answer that was overtaken by a later question
 * is dropped; `before` is the last answer, to be shown until the next is there.
 */
export function useAnswer<P extends ProcedureName>(
  name: P,
  input: SentTo<P>,
): { readonly asked: Asked<OutputOf<P>>; readonly again: () => void } {
  const [asked, setAsked] = useState<Asked<OutputOf<P>>>({ status: 'asking', before: null });
  const [round, setRound] = useState(0);
  const question = JSON.stringify(input);

  useEffect(() => {
    let overtaken = false;
    setAsked((last) => ({ status: 'asking', before: lastValue(last) }));
    void call(name, JSON.parse(question) as SentTo<P>).then((answer) => {
      if (overtaken) return;
      setAsked(
        answer.ok ? { status: 'answered', value: answer.value } : { status: 'failed', error: answer.error },
      );
    });
    return () => {
      overtaken = true;
    };
  }, [name, question, round]);

  const again = useCallback(() => setRound((last) => last + 1), []);
  return { asked, again };
}

/** What there is to show: the answer, or the one before it while the next is awaited. */
export function lastValue<T>(asked: Asked<T>): T | null {
  switch (asked.status) {
    case 'asking':
      return asked.before;
    case 'answered':
      return asked.value;
    case 'failed':
      return null;
  }
}
