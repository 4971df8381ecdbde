import type { ReactElement } from 'react';
import type { ParticipantDetail } from '../../../shared/people-views.ts';
import { useWindow } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { call, newKey } from '../../desk.ts';
import { EditPerson } from './edit-person.tsx';

export interface KeptHereProps {
  readonly detail: ParticipantDetail;
  readonly onChanged: () => void;
}

/** What an identity manager does about the record of a person: correct it, and end the hold on their sign-in. */
export function KeptHere({ detail, onChanged }: KeptHereProps): ReactElement | null {
  const manager = useWindow((state) => state.deskState?.operator?.identityManager ?? false);
  const releasing = useDeed(
    () => call('participants.releaseSignIn', { key: newKey(), id: detail.row.id }),
    onChanged,
  );
  const facts = detail.directory;
  const isHeld = facts?.answers === true && facts.access?.signIn === 'held';
  if (!manager) return null;
  return (
    <>
      {isHeld ? (
        <div>
          <Button variant="default" size="sm" loading={releasing.busy} onClick={releasing.run}>
            Release sign-in
          </Button>
        </div>
      ) : null}
      {releasing.error === null ? null : <ErrorPanel error={releasing.error} />}
      {detail.record === null ? null : (
        <EditPerson key={detail.record} detail={detail} record={detail.record} onSaved={onChanged} />
      )}
    </>
  );
}
