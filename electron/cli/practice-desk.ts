/** Sets up the practice network's operators and people in a data folder of the terminal, as the window does. */
import type { Records } from '../desk.ts';
import type { PracticeNetwork } from '../practice/practice-network.ts';
import { operatorServices } from '../workbench/operator-services.ts';
import { setUpPracticeOperators } from '../workbench/practice-operators.ts';
import { setUpPracticePeople } from '../workbench/practice-people.ts';
import type { Session } from './session.ts';

/** @param records of practice alone. */
export async function setUpPractice(
  { programs }: Pick<Session, 'programs'>,
  records: Records,
  { files }: Pick<PracticeNetwork, 'files'>,
): Promise<void> {
  await setUpPracticePeople(records.local, files);
  await setUpPracticeOperators(operatorServices(programs, () => true).of(records), files);
}
