import { TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ParticipantDetail } from '../../../shared/people-views.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Section } from '../../components/page.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './participant-view.module.css';
import { editOf } from './person-draft.ts';
import type { PersonDraft } from './person-draft.ts';

export interface EditPersonProps {
  readonly detail: ParticipantDetail;
  /** Digest of the record that is edited. */
  readonly record: string;
  readonly onSaved: () => void;
}

/** Corrects what the desk's own directory has of a person: name, wallets, and which of them is in use. */
export function EditPerson({ detail, record, onSaved }: EditPersonProps): ReactElement {
  const [draft, setDraft] = useState<PersonDraft | null>(null);
  const lost = detail.wallets.filter((wallet) => wallet.lost);
  const saving = useDeed(
    (edit: ReturnType<typeof editOf>) =>
      call('participants.edit', { key: newKey(), id: detail.row.id, record, ...edit }),
    () => {
      setDraft(null);
      onSaved();
    },
  );
  if (draft === null) {
    return (
      <div>
        <Button variant="default" size="sm" onClick={() => setDraft(draftOf(detail))}>
          Edit name and wallets
        </Button>
      </div>
    );
  }
  const change = (part: Partial<PersonDraft>): void => setDraft({ ...draft, ...part });
  return (
    <Section title="Edit name and wallets">
      <form
        className={styles.parts}
        onSubmit={(event) => {
          event.preventDefault();
          saving.run(editOf(draft));
        }}
      >
        <TextInput
          label="Name"
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Textarea
          label="Wallets"
          description={
            lost.length === 0
              ? 'One address on each line.'
              : 'One address on each line. Wallets on record as lost stay, and are not listed here.'
          }
          rows={4}
          value={draft.wallets}
          onChange={(event) => change({ wallets: event.currentTarget.value })}
        />
        <TextInput
          label="Wallet in use"
          description="One of the wallets above; empty for the first."
          value={draft.effective}
          onChange={(event) => change({ effective: event.currentTarget.value })}
        />
        <p className={styles.soft}>
          Nothing changes yet: what becomes of the record is shown, and confirmed, in a window of its own.
        </p>
        {saving.error === null ? null : <ErrorPanel error={saving.error} />}
        <p className={styles.line}>
          <Button type="submit" size="sm" loading={saving.busy}>
            Continue to confirmation
          </Button>
          <Button variant="subtle" size="sm" disabled={saving.busy} onClick={() => setDraft(null)}>
            Cancel
          </Button>
        </p>
      </form>
    </Section>
  );
}

function draftOf({ row, wallets }: ParticipantDetail): PersonDraft {
  return {
    name: row.name ?? '',
    wallets: wallets
      .filter((wallet) => !wallet.lost)
      .map((wallet) => wallet.address)
      .join('\n'),
    effective: wallets.find((wallet) => wallet.effective)?.address ?? '',
  };
}
