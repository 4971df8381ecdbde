/** A desk with split duties on the practice network: one operator links people, another one acts on tokens. */
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import { confirmationText } from '../../shared/plan.ts';
import { readJournalFile } from './journal-file.ts';
import type { PracticeDesk } from './practice-desk.ts';

/** Those who take part: a practice role each, with a keystore. */
export type Hand = 'identityManager' | 'custodian';

export const HANDS: Readonly<Record<Hand, string>> = {
  identityManager: practiceAddress('identity-manager'),
  custodian: practiceAddress('custodian'),
};

function keyOf(desk: PracticeDesk, hand: Hand): readonly string[] {
  const { keystore, passphrase } = desk.network.files[hand];
  return ['--keystore', keystore, '--passphrase-file', passphrase];
}

/** The command line by which the identity manager begins, the custodian's part being theirs. */
export async function splitArgs(
  desk: PracticeDesk,
  person: SeededPerson,
  data: string,
  ...more: readonly string[]
): Promise<readonly string[]> {
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  return desk.recoverArgs(
    person,
    data,
    ...keyOf(desk, 'identityManager'),
    '--custodian',
    HANDS.custodian,
    '--replacement',
    replacement,
    '--proof',
    proof,
    ...more,
  );
}

/** The command line by which one of them goes on; whoever has not confirmed the plan yet does it by this. */
export function goOnArgs(
  desk: PracticeDesk,
  person: SeededPerson,
  data: string,
  hand: Hand,
  ...more: readonly string[]
): readonly string[] {
  const { recovery } = readJournalFile(data);
  const base = ['resume', recovery.id, '--json', ...keyOf(desk, hand), '--data', data];
  const { lostWallet } = person;
  if (lostWallet === null) throw new Error(`${person.id} has no wallet`);
  if (readJournalFile(data).confirmedBy.includes(HANDS[hand])) return [...base, ...more];
  return [...base, '--confirm', confirmationText({ lostWallet }), ...more];
}
