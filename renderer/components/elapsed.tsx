import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { agoText, spanText, timeText } from './time-text.ts';

export interface ElapsedProps {
  readonly since: string;
  /** Where it ended; without it the time runs on. */
  readonly until?: string | null;
}

/** How long something has taken. Not read out as it runs: that would never stop. */
export function Elapsed({ since, until }: ElapsedProps): ReactElement {
  const ended = until ?? null;
  const now = useNow(ended === null);
  const end = ended === null ? now : Date.parse(ended);
  return <span aria-live="off">{spanText(end - Date.parse(since))}</span>;
}

/** How long ago something was, with the time itself at hand. */
export function Ago({ time }: { readonly time: string }): ReactElement {
  const now = useNow(true);
  return (
    <time dateTime={time} title={timeText(time)}>
      {agoText(now - Date.parse(time))}
    </time>
  );
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [running]);
  return now;
}
