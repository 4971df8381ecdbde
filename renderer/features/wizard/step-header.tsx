import type { ReactElement } from 'react';
import { Icon } from '../../components/icon.tsx';
import styles from './step-header.module.css';
import { STEPS } from './steps.ts';
import type { ShownStep } from './steps.ts';

/** Where one is on the way. Only shown, never pressed: main alone decides about the step. */
export function StepHeader({ step }: { readonly step: ShownStep }): ReactElement {
  const current = STEPS.findIndex((one) => one.step === step);
  return (
    <ol className={styles.steps} aria-label="Steps of the recovery">
      {STEPS.map(({ step: name, title }, index) => {
        const state = index < current ? 'done' : index === current ? 'current' : 'coming';
        return (
          <li
            key={name}
            className={`${styles.step ?? ''} ${styles[state] ?? ''}`}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span className={styles.number} aria-hidden="true">
              {state === 'done' ? <Icon name="done" size={12} /> : index + 1}
            </span>
            <span>{title}</span>
            {state === 'done' ? <span className="said">, done</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
