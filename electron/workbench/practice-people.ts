/** The people of the practice network, in the local directory of its records: with accounts to practise on. */
import { everybody } from '../participants/everybody.ts';
import type { LocalPeople } from '../participants/local/local-people.ts';
import { readParticipantsFile } from '../participants/participants-file.ts';
import { practiceAccess } from '../practice/practice-accounts.ts';
import type { PracticeFiles } from '../practice/practice-files.ts';
import { isoTime } from '../../shared/values.ts';

/** Enters them where nobody is yet: what was practised stands. @param local of records of practice alone. */
export async function setUpPracticePeople(
  local: LocalPeople,
  { participants }: Pick<PracticeFiles, 'participants'>,
): Promise<void> {
  if (!local.isEmpty()) return;
  const at = isoTime(new Date());
  for await (const page of everybody(await readParticipantsFile(participants))) {
    local.transaction(() => {
      for (const person of page) {
        local.people.put(person);
        for (const { kind, ...item } of practiceAccess(person.id, at))
          local.access.add(person.id, kind, item);
      }
    });
  }
}
