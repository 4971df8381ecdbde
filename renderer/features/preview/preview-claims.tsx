import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Section } from '../../components/page.tsx';
import { ClaimsTable } from './claims-table.tsx';

/** What was attested of the old identity: it has to be issued anew. */
export function PreviewClaims({ preview }: { readonly preview: Preview }): ReactElement {
  return (
    <Section title="Claims" aside="Attestations about the person. They do not move.">
      <ClaimsTable claims={preview.claims} requiredTopics={preview.requiredTopics} />
    </Section>
  );
}
