import { useId } from 'react';
import type { ReactElement } from 'react';
import styles from './replacement-form.module.css';
import type { ReplacementKind } from './replacement-draft.ts';

export interface ReplacementKindsProps {
  readonly kind: ReplacementKind;
  readonly callBackAllowed: boolean;
  readonly generatedAllowed: boolean;
  /** A smart account of the network's factory. */
  readonly accountAllowed: boolean;
  readonly onChoose: (kind: ReplacementKind) => void;
}

/** Where the replacement comes from: only what policy allows is offered. */
export function ReplacementKinds(props: ReplacementKindsProps): ReactElement {
  const id = useId();
  const offered: readonly { kind: ReplacementKind; title: string; words: string }[] = [
    ...(props.accountAllowed
      ? [
          {
            kind: 'account' as const,
            title: 'A new smart account',
            words: 'The network’s factory makes it; the first replacement wallet owns it.',
          },
        ]
      : []),
    {
      kind: 'proof',
      title: 'The holder’s wallet, with proof',
      words: 'They sign a text with it. The safest way.',
    },
    ...(props.callBackAllowed
      ? [
          {
            kind: 'call_back' as const,
            title: 'The holder’s wallet, on a call-back',
            words: 'No signature; the address was read out in a recorded call.',
          },
        ]
      : []),
    ...(props.generatedAllowed
      ? [
          {
            kind: 'generate' as const,
            title: 'A new wallet made here',
            words: 'For people who have none. It is handed over afterwards.',
          },
        ]
      : []),
  ];
  return (
    <fieldset className={styles.kinds}>
      <legend className="said">Where does the replacement wallet come from?</legend>
      {offered.map(({ kind, title, words }) => (
        <label key={kind} className={styles.kind}>
          <input
            type="radio"
            name={`${id}-kind`}
            value={kind}
            checked={props.kind === kind}
            onChange={() => props.onChoose(kind)}
            aria-labelledby={`${id}-${kind}`}
            aria-describedby={`${id}-${kind}-words`}
          />
          <span className={styles.kindTitle} id={`${id}-${kind}`}>
            {title}
          </span>
          <span className={styles.kindWords} id={`${id}-${kind}-words`}>
            {words}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
