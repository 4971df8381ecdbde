/** Sets up the practice network's operators in a data folder of the terminal, as the window does. */
import type { Records } from '../records.ts';
import type { PracticeNetwork } from '../practice/practice-network.ts';
import { operatorServices } from '../workbench/operator-services.ts';
import { setUpPracticeOperators } from '../workbench/practice-operators.ts';
import type { Session } from './session.ts';

/** @param records of practice alone. */
export function setUpPractice(
  { programs }: Pick<Session, 'programs'>,
  records: Records,
  { files }: Pick<PracticeNetwork, 'files'>,
): Promise<void> {
  return setUpPracticeOperators(operatorServices(programs, () => true).of(records), files);
}
