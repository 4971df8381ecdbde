import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorView } from '../../../shared/answer.ts';
import type { ParticipantRow, SearchInput } from '../../../shared/people-views.ts';
import { call } from '../../desk.ts';

export type Question = Omit<SearchInput, 'offset' | 'limit'>;

export interface Found {
  /** Names the question and the time it was asked: another one begins at its top. */
  readonly order: string;
  readonly known: number;
  readonly found: number;
  /** As long as there are people found; null where they were not needed yet. */
  readonly rows: readonly (ParticipantRow | null)[];
}

export interface People {
  /** The last answer, also while the next is awaited; null before the first. */
  readonly found: Found | null;
  readonly error: ErrorView | null;
  readonly again: () => void;
  /** Asks for the rows from `first` to `last` as far as they are not there. */
  readonly need: (first: number, last: number) => void;
}

/** Rows asked for at once: ten thousand in one answer would hold up the window while they are read. */
const PAGE = 250;

/** The people who fit a question, page by page as they come into sight. */
export function usePeople(question: Question): People {
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<ErrorView | null>(null);
  const [round, setRound] = useState(0);
  const asked = useRef(new Set<number>());
  const order = JSON.stringify([question, round]);
  const current = useRef(order);

  const ask = useCallback(async (from: string, page: number): Promise<void> => {
    asked.current.add(page);
    const [wanted] = JSON.parse(from) as [Question];
    const answer = await call('participants.search', { ...wanted, offset: page * PAGE, limit: PAGE });
    if (current.current !== from) return;
    if (!answer.ok) {
      asked.current.delete(page);
      setError(answer.error);
      return;
    }
    const { known, found: count, rows } = answer.value;
    setFound((before) => {
      const all = before?.order === from ? [...before.rows] : [];
      all.length = count;
      const placed = Array.from(all, (row, index) => rows[index - page * PAGE] ?? row ?? null);
      return { order: from, known, found: count, rows: placed };
    });
  }, []);

  useEffect(() => {
    current.current = order;
    asked.current = new Set();
    setError(null);
    void ask(order, 0);
  }, [order, ask]);

  const shown = found?.order;
  const need = useCallback(
    (first: number, last: number) => {
      if (shown === undefined || shown !== current.current) return;
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
        if (!asked.current.has(page)) void ask(shown, page);
      }
    },
    [shown, ask],
  );
  const again = useCallback(() => setRound((last) => last + 1), []);
  return { found: error === null ? found : null, error, again, need };
}
