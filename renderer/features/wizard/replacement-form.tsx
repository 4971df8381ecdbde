import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { TickBox } from '../../components/tick-box.tsx';
import type { ImpactWizard } from './impact-step.tsx';
import { problemsOfReplacement } from './replacement-draft.ts';
import type { ReplacementDraft, ReplacementProblems } from './replacement-draft.ts';
import {
  draftsOf,
  needsOf,
  offersHoldersWay,
  replacementChoices,
  walletsToReplace,
} from './replacement-drafts.ts';
import type { ToReplace } from './replacement-drafts.ts';
import { ReplacementFields } from './replacement-fields.tsx';
import styles from './replacement-form.module.css';
import type { WizardActs } from './wizard-acts.ts';

export interface ReplacementFormProps {
  readonly wizard: ImpactWizard;
  /** On the practice network, the new wallet that the person gives. */
  readonly practiceWallet: string | null;
  readonly acts: WizardActs;
}

/** For which wallet a text to sign was asked, or that the plan was. */
type Tried = { readonly what: 'nothing' | 'plan' } | { readonly what: 'challenge'; readonly wallet: string };

/** Nothing is called wrong before somebody has tried to go on with it. */
function shownProblems(found: ReplacementProblems, tried: Tried, wallet: string): ReplacementProblems {
  if (tried.what === 'plan') return found;
  const asked = tried.what === 'challenge' && tried.wallet === wallet;
  return asked && found.address !== undefined ? { address: found.address } : {};
}

/** Of each lost wallet the replacement: the holder's address with its proof, on a call-back where policy allows, or a new one. */
export function ReplacementForm({ wizard, practiceWallet, acts }: ReplacementFormProps): ReactElement {
  const { digest } = wizard.read;
  const wallets = walletsToReplace(wizard);
  const [drafts, setDrafts] = useState(() => draftsOf(wizard));
  const [tried, setTried] = useState<Tried>({ what: 'nothing' });
  const [holdersWay, setHoldersWay] = useState(false);
  const several = wallets.length > 1;
  const states = wallets.map((one) => {
    const draft = drafts.get(one.key) ?? one.empty;
    const found = problemsOfReplacement(draft, needsOf(wizard, one, drafts));
    // Until there is a text to sign for the address, making it is what Enter does.
    return { one, draft, found, lacking: draft.kind === 'proof' && found.challenge !== undefined };
  });
  const mayRecoverItself = offersHoldersWay(wizard, drafts);
  const next = states.find(({ lacking }) => lacking);
  const first = states[0];

  function edit({ key }: ToReplace, draft: ReplacementDraft, change: Partial<ReplacementDraft>): void {
    setDrafts(new Map(drafts).set(key, { ...draft, ...change }));
  }

  function makeChallenge({ one, draft, found }: (typeof states)[number]): void {
    setTried({ what: 'challenge', wallet: one.key });
    if (found.address === undefined)
      acts.makeChallenge(draft.address.trim(), several ? one.lostWallet : null);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (next !== undefined) return makeChallenge(next);
    setTried({ what: 'plan' });
    const choice = replacementChoices(wizard, drafts);
    if (choice !== null) acts.choose(digest, mayRecoverItself ? { ...choice, holdersWay } : choice);
  }

  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      {states.map((state) => {
        const { one, draft, found, lacking } = state;
        const fields = (
          <ReplacementFields
            wizard={wizard}
            draft={draft}
            linkedTo={one.linkedTo}
            accountAllowed={one.accountAllowed}
            practiceWallet={one === wallets[0] ? practiceWallet : null}
            challenge={lacking || draft.kind !== 'proof' ? null : one.challenge}
            problems={shownProblems(found, tried, one.key)}
            lacking={lacking && state === next}
            making={acts.awaits('wizard.challenge')}
            onEdit={(change) => edit(one, draft, change)}
            onChallenge={() => makeChallenge(state)}
          />
        );
        return several ? (
          <OfWallet key={one.key} wallet={one}>
            {fields}
          </OfWallet>
        ) : (
          <div key={one.key} className={styles.form}>
            {fields}
          </div>
        );
      })}
      {mayRecoverItself ? (
        <TickBox
          label="Let the new wallet recover itself what nobody here has the right for"
          words="Its key signs for that at this desk, it is given coin for the gas, and the hand-over waits until it has. What is left of the coin stays with the holder."
          checked={holdersWay}
          onChange={setHoldersWay}
        />
      ) : null}
      {wizard.holdReferenceNeeded && first !== undefined ? (
        <TextInput
          label="Reference of the hold"
          description="The lost wallet is frozen, perhaps by order of a court or authority. Give the reference under which that was looked into."
          required
          autoComplete="off"
          value={first.draft.holdReference}
          error={shownProblems(first.found, tried, first.one.key).holdReference}
          onChange={(event) => edit(first.one, first.draft, { holdReference: event.currentTarget.value })}
        />
      ) : null}
      {next === undefined ? (
        <div>
          <Button type="submit">{submitWords(states.map(({ draft }) => draft))}</Button>
        </div>
      ) : null}
    </form>
  );
}

/** The part of one of several lost wallets. */
function OfWallet({
  wallet,
  children,
}: {
  readonly wallet: ToReplace;
  readonly children: ReactElement;
}): ReactElement {
  const id = useId();
  const { lostWallet } = wallet;
  return (
    <section className={styles.wallet} aria-labelledby={id} data-lost={lostWallet}>
      <h3 id={id}>
        For the lost wallet{' '}
        {lostWallet === null ? null : <Address value={lostWallet} label="lost wallet" form="full" />}
      </h3>
      {children}
    </section>
  );
}

function submitWords(drafts: readonly ReplacementDraft[]): string {
  const made = drafts.filter(({ kind }) => kind === 'generate').length;
  if (made === 0) return 'Make the plan';
  return made === 1 ? 'Make the wallet and the plan' : 'Make the wallets and the plan';
}
