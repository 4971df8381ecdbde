import type { ReactElement } from 'react';
import type { Appearance } from '../../shared/desk-state.ts';
import { call } from '../desk.ts';
import styles from './appearance-choice.module.css';
import { takeDeskState } from './store.ts';

const CHOICES: readonly { readonly value: Appearance; readonly title: string; readonly path: string }[] = [
  { value: 'system', title: 'As the system', path: 'M2 3h12v8H2zM5.5 13.5h5M8 11v2.5' },
  {
    value: 'light',
    title: 'Light',
    path: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1',
  },
  { value: 'dark', title: 'Dark', path: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z' },
];

export interface AppearanceChoiceProps {
  readonly appearance: Appearance;
  /** `icon` for the top bar, `words` for the settings. */
  readonly size: 'icon' | 'words';
}

/** Light, dark, or as the system is. Kept by main, so that the next start looks the same. */
export function AppearanceChoice({ appearance, size }: AppearanceChoiceProps): ReactElement {
  async function choose(value: Appearance): Promise<void> {
    const answer = await call('desk.setAppearance', { appearance: value });
    if (answer.ok) takeDeskState(answer.value);
  }
  return (
    <div className={styles.group} role="radiogroup" aria-label="Appearance" data-size={size}>
      {CHOICES.map((choice) => (
        <label key={choice.value} className={styles.choice} title={choice.title}>
          <input
            type="radio"
            className="said"
            name={`appearance-${size}`}
            checked={appearance === choice.value}
            onChange={() => void choose(choice.value)}
          />
          <svg
            viewBox="0 0 16 16"
            width={15}
            height={15}
            fill="none"
            stroke="currentColor"
            strokeWidth={1.5}
            strokeLinecap="round"
            aria-hidden="true"
          >
            <path d={choice.path} />
          </svg>
          <span className={size === 'icon' ? 'said' : undefined}>{choice.title}</span>
        </label>
      ))}
    </div>
  );
}
