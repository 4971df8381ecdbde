import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import type { Fact } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { Care, Ok } from './standing-facts.tsx';

type Replacement = NonNullable<Preview['replacement']>;

const CONTROL = {
  proof: 'Proven: the holder signed with it',
  call_back: 'Confirmed by call-back',
  generated: 'Made by this desk',
  standing: 'Linked on chain before',
} as const;

/** Where a lost wallet goes, as named facts. */
export function replacementFacts(replacement: Replacement, name: string): readonly Fact[] {
  return [
    {
      name,
      value: <Address value={replacement.address} label="replacement wallet" form="full" />,
      ...(replacement.kind === 'account'
        ? { hint: 'A smart account that the plan has made, owned by the first replacement wallet.' }
        : {}),
    },
    {
      name: 'Control',
      value:
        replacement.control === 'none' ? (
          <Care text="Only looked at: nobody has shown to hold it" />
        ) : (
          <Ok text={CONTROL[replacement.control]} />
        ),
    },
    {
      name: 'Identity',
      value: <Address value={replacement.identity} label="replacement identity" />,
      hint: replacement.identityExists ? 'Stands already.' : 'Will be created at this address.',
    },
  ];
}

/** The wallet that takes the lost one's place, as far as it is chosen. */
export function PreviewReplacement({ replacement }: { readonly replacement: Replacement }): ReactElement {
  return (
    <Section title="Replacement wallet">
      <KeyValue facts={replacementFacts(replacement, 'Wallet')} />
    </Section>
  );
}
