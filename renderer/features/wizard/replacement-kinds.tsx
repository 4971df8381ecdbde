import { useId } from 'react';
import type { ReactElement } from 'react';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import type { Choice } from '../../components/choice-cards.tsx';
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
  const offered: readonly Choice<ReplacementKind>[] = [
    ...(props.accountAllowed
      ? [
          {
            value: 'account' as const,
            title: 'A new smart account',
            words: 'The network’s factory makes it; the first replacement wallet owns it.',
          },
        ]
      : []),
    {
      value: 'proof',
      title: 'The holder’s wallet, with proof',
      words: 'They sign a text with it. The safest way.',
    },
    ...(props.callBackAllowed
      ? [
          {
            value: 'call_back' as const,
            title: 'The holder’s wallet, on a call-back',
            words: 'No signature; the address was read out in a recorded call.',
          },
        ]
      : []),
    ...(props.generatedAllowed
      ? [
          {
            value: 'generate' as const,
            title: 'A new wallet made here',
            words: 'For people who have none. It is handed over afterwards.',
          },
        ]
      : []),
  ];
  return (
    <ChoiceCards
      legend="Where does the replacement wallet come from?"
      quiet
      name={useId()}
      choices={offered}
      chosen={props.kind}
      onChoose={props.onChoose}
    />
  );
}
