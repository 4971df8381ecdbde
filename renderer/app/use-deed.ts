import { useRef, useState } from 'react';
import type { Answer, ErrorView } from '../../shared/answer.ts';

export interface Deed<Arguments extends unknown[]> {
  readonly busy: boolean;
  /** Of the last time; null once it is done again. */
  readonly error: ErrorView | null;
  readonly run: (...args: Arguments) => void;
  /** Lets go of the error. */
  readonly forget: () => void;
}

/**
 * Something a person sets off: busy while it runs, never twice at once. Closing a dialog or the entry window without
 * an entry is a change of mind, not an error.
 */
export function useDeed<Arguments extends unknown[], T>(
  act: (...args: Arguments) => Promise<Answer<T>>,
  done: (value: T) => void,
): Deed<Arguments> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorView | null>(null);
  const running = useRef(false);

  async function run(...args: Arguments): Promise<void> {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    const answer = await act(...args);
    running.current = false;
    setBusy(false);
    if (answer.ok) done(answer.value);
    else if (answer.error.code !== 'ENTRY_CANCELLED') setError(answer.error);
  }

  return { busy, error, run: (...args) => void run(...args), forget: () => setError(null) };
}
