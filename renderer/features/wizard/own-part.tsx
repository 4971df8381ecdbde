import type { ReactElement } from 'react';
import type { ProgressView, RecoveryPart } from '../../../shared/wizard.ts';
import { Address } from '../../components/address.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Told } from '../../components/told.tsx';
import { counted } from '../../components/counted.ts';
import { rightsWords } from './parts.ts';

export interface OwnPartProps {
  readonly progress: Pick<ProgressView, 'planDigest'>;
  readonly part: RecoveryPart;
  /** Whether the window for the confirmation is open. */
  readonly confirming: boolean;
}

/** What who is waited for confirms: their part, and the plan that it belongs to. */
export function OwnPart({ progress, part, confirming }: OwnPartProps): ReactElement {
  return (
    <>
      <KeyValue
        facts={[
          { name: 'Your part', value: `${counted(part.left, 'step')}, as ${rightsWords(part)}` },
          {
            name: 'Plan digest',
            value: <Address value={progress.planDigest} form="full" label="plan digest" />,
            hint: 'Names this very plan. The small window shows it again: compare it before you confirm.',
          },
        ]}
      />
      <Told
        words={
          confirming
            ? 'Compare and confirm in the small window that opened. It may lie behind this one. Close it to cancel.'
            : null
        }
      />
    </>
  );
}
