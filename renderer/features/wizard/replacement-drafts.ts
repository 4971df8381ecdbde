/** The replacements of all lost wallets as they are being chosen: each gets one of its own. */
import type { Address } from '../../../shared/address.ts';
import { lostPreviews, saidLost } from '../../../shared/lost-wallets.ts';
import type { ImpactWizard } from './impact-step.tsx';
import { choiceOf, emptyReplacement, givesAddress, replacementChoice } from './replacement-draft.ts';
import type { ReplacementDraft, ReplacementNeeds } from './replacement-draft.ts';
import type { FurtherChoices, ReplacementChoice } from './wizard-acts.ts';

/** A lost wallet that a replacement is chosen for. */
export interface ToReplace {
  readonly key: string;
  readonly lostWallet: Address | null;
  readonly linkedTo: Address | null;
  readonly accountAllowed: boolean;
  readonly challenge: ImpactWizard['challenges'][number] | null;
  readonly empty: ReplacementDraft;
}

export type Drafts = ReadonlyMap<string, ReplacementDraft>;
type Chosen = Pick<ImpactWizard, 'read' | 'challenges' | 'accountAllowed' | 'holdReferenceNeeded'>;

/** Those lost before go along their links, and get none. */
export function walletsToReplace({ read, challenges, accountAllowed }: Chosen): readonly ToReplace[] {
  const [first] = lostPreviews(read.preview);
  const wallets = [...(first === undefined ? [] : [first]), ...saidLost(read.preview)];
  return wallets.map(({ lostWallet, lost, contract }, index) => {
    const challenge = challenges.find((one) => one.lostWallet === lostWallet) ?? null;
    // The first replacement is what a smart account would be owned by.
    const account = index > 0 && accountAllowed && contract === true && lost.linkedTo === null;
    const empty = emptyReplacement(challenge?.replacement ?? lost.linkedTo);
    return {
      key: lostWallet ?? '',
      lostWallet,
      linkedTo: lost.linkedTo,
      accountAllowed: account,
      challenge,
      empty: account && challenge === null ? { ...empty, kind: 'account' } : empty,
    };
  });
}

export function draftsOf(wizard: Chosen): Drafts {
  return new Map(walletsToReplace(wizard).map(({ key, empty }) => [key, empty]));
}

export function needsOf(wizard: Chosen, one: ToReplace, drafts: Drafts): ReplacementNeeds {
  const others = [...drafts].filter(([key]) => key !== one.key);
  return {
    lostWallet: one.lostWallet,
    challenged: one.challenge?.replacement ?? null,
    hold: wizard.holdReferenceNeeded && one.key === (wizard.read.preview.lostWallet ?? ''),
    taken: others.flatMap(([, draft]) => (givesAddress(draft) ? [draft.address] : [])),
  };
}

/** What is sent, or null while something is wrong. */
export function replacementChoices(wizard: Chosen, drafts: Drafts): ReplacementChoice | null {
  const [first, ...others] = walletsToReplace(wizard);
  if (first === undefined) return null;
  const chosen = replacementChoice(drafts.get(first.key) ?? first.empty, needsOf(wizard, first, drafts));
  if (chosen === null) return null;
  const further: FurtherChoices = [];
  for (const one of others) {
    const choice = choiceOf(drafts.get(one.key) ?? one.empty, needsOf(wizard, one, drafts));
    if (choice === null || one.lostWallet === null) return null;
    further.push({ lostWallet: one.lostWallet, choice });
  }
  return further.length === 0 ? chosen : { ...chosen, further };
}

/** Whether a wallet that the desk makes could recover itself what the custodian right lacks for on its lost one. */
export function offersHoldersWay({ read }: Pick<Chosen, 'read'>, drafts: Drafts): boolean {
  return lostPreviews(read.preview).some(
    ({ lostWallet, tokens }) =>
      drafts.get(lostWallet ?? '')?.kind === 'generate' &&
      tokens.some(({ custodianRight, balance }) => !custodianRight && balance !== '0'),
  );
}
