/**
 * Asking main, for the whole wizard at once: a refusal outlives the step it was asked from, for what is refused may lead
 * back a step. The same thing is never asked while its answer is awaited, so a double click is one intention. What a
 * person gave up, by asking for something else or by closing the entry window, is no error when it ends.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ErrorView } from '../../../shared/answer.ts';
import type { ProcedureName } from '../../../shared/contract-names.ts';
import type { OutputOf } from '../../../shared/contract.ts';
import { call } from '../../desk.ts';
import type { SentTo } from '../../desk.ts';

export interface Asking {
  /** What is awaited. */
  readonly pending: readonly ProcedureName[];
  /** Why the last question was refused; gone with the next one. */
  readonly error: ErrorView | null;
  /** Lets go of the refusal, where it belongs to what is over. */
  readonly forget: () => void;
  /** @returns the answer; null where it was refused, or is awaited already. */
  readonly ask: <P extends ProcedureName>(name: P, input: SentTo<P>) => Promise<OutputOf<P> | null>;
}

export function useAsking(): Asking {
  const awaited = useRef(new Set<ProcedureName>());
  const turn = useRef(0);
  const [pending, setPending] = useState<readonly ProcedureName[]>([]);
  const [error, setError] = useState<ErrorView | null>(null);

  const ask = useCallback(
    async <P extends ProcedureName>(name: P, input: SentTo<P>): Promise<OutputOf<P> | null> => {
      if (awaited.current.has(name)) return null;
      awaited.current.add(name);
      turn.current += 1;
      const mine = turn.current;
      setPending([...awaited.current]);
      setError(null);
      const answer = await call(name, input);
      awaited.current.delete(name);
      setPending([...awaited.current]);
      if (answer.ok) return answer.value;
      const givenUp = mine !== turn.current || answer.error.code === 'ENTRY_CANCELLED';
      if (!givenUp) setError(answer.error);
      return null;
    },
    [],
  );
  const forget = useCallback(() => setError(null), []);
  return useMemo(() => ({ pending, error, ask, forget }), [pending, error, ask, forget]);
}
