import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Section } from '../../components/page.tsx';
import { AccessLines } from './access-lines.tsx';

/** What the person signs in with, as the participant directory knows it. */
export function PreviewAccess({ preview }: { readonly preview: Preview }): ReactElement {
  return (
    <Section title="Sign-in" aside="What the person gets in with, and what a recovery does about it">
      <AccessLines facts={preview.directory ?? null} />
    </Section>
  );
}
