/** The hands of an operator on a network of the desk's own settings, as on a real one, with recoveries to begin. */
import type { Checkpoint } from '../../electron/desk.ts';
import { confirmationText } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { withoutKeychain } from './desk-policy.ts';
import { key, openHands, setUpAndSignIn } from './window-hands.ts';
import type { Hands } from './window-hands.ts';

const CASE = {
  reason: 'lost',
  ticket: 'CASE-21',
  identifiedBy: 'A. Clerk',
  identifiedHow: 'in person, with a passport',
} as const;

/** Of every wallet that `begun` has the desk make. */
export const NEW_PASSPHRASE = 'a long enough passphrase';

export interface NetworkHands {
  readonly hands: Hands;
  /** Id of the network that is worked on. */
  readonly network: string;
  /** Adds a network. @returns its id. */
  readonly added: (profile: string) => Promise<string>;
  /** Chooses the file of the network's people. */
  readonly peopleChosen: () => Promise<void>;
  /** Begins a recovery to a wallet that the desk makes. */
  readonly begun: (person: string) => Promise<void>;
}

/** A plan to a wallet that the desk makes. */
export async function plannedGenerated(
  hands: Hands,
  person: string,
): Promise<{ readonly plan: Plan; readonly digest: Hex }> {
  await hands.get('wizard.begin', { participantId: person, wallet: null });
  const previewed = await hands.get('wizard.setCase', { case: { ...CASE, evidence: [] }, custodian: null });
  const digest = previewed.step === 'preview' ? previewed.read.digest : '0x';
  await hands.get('wizard.impact', { digest });
  hands.typed.push(NEW_PASSPHRASE);
  const choice = { kind: 'generate' as const };
  const wanted = { key: key(), digest, holdReference: null, choice };
  const chosen = await hands.get('wizard.chooseReplacement', wanted);
  if (chosen.step !== 'impact' || chosen.planned === null) throw new Error('no plan was made');
  return chosen.planned;
}

/** Begins a recovery to a wallet that the desk makes. */
export async function begun(hands: Hands, person: string): Promise<void> {
  const { plan, digest } = await plannedGenerated(hands, person);
  hands.typed.push(confirmationText(plan));
  await hands.get('wizard.confirm', { key: key(), planDigest: digest });
}

/** Connects and signs in. */
export async function openNetworkHands(desk: PracticeDesk, checkpoint: Checkpoint): Promise<NetworkHands> {
  const { network: profile, operator, participants } = desk.network.files;
  const data = desk.freshData();
  withoutKeychain(data);
  const hands = openHands({ data, checkpoint });
  const added = async (file: string): Promise<string> => {
    hands.files.push(file);
    const { networks } = await hands.get('networks.add', { key: key() });
    return networks.at(-1)?.id ?? '';
  };
  const network = await added(profile);
  await hands.get('networks.choose', { key: key(), id: network });
  await setUpAndSignIn(hands, operator);
  return {
    hands,
    network,
    added,
    peopleChosen: async () => {
      hands.files.push(participants);
      await hands.get('participants.chooseFile', { key: key() });
    },
    begun: (person) => begun(hands, person),
  };
}
