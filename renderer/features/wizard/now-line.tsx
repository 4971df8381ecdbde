import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import styles from './progress-step.module.css';

/** Told ten times a second, a screen reader would never end a sentence: it is told every few seconds. */
const SAID_EVERY = 4000;

/** What is happening now, for the eyes at once and for the ears as often as can be followed. */
export function NowLine({ now }: { readonly now: string }): ReactElement {
  const said = useSlowed(now, SAID_EVERY);
  return (
    <div className={styles.now}>
      <span className={styles.pulse} aria-hidden="true" />
      <p aria-hidden="true">{now}</p>
      <p className="said" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

function useSlowed(value: string, pause: number): string {
  const [shown, setShown] = useState(value);
  const since = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, since.current + pause - Date.now());
    const timer = window.setTimeout(() => {
      since.current = Date.now();
      setShown(value);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [value, pause]);
  return shown;
}
