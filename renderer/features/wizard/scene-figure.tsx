import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import styles from './impact-picture.module.css';

export interface SceneFigureProps {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** The scene in sentences. */
  readonly told: readonly string[];
  readonly children: ReactNode;
}

/** A drawing with its title, and the same in words below. */
export function SceneFigure({ title, width, height, told, children }: SceneFigureProps): ReactElement {
  const id = useId();
  return (
    <figure className={styles.scene}>
      <h3 className={styles.title}>{title}</h3>
      <svg
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        className={styles.drawing}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{`${title}: who holds what`}</title>
        <desc id={`${id}-desc`}>{told.join(' ')}</desc>
        {children}
      </svg>
      <figcaption>
        <ul className={styles.told}>
          {told.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
