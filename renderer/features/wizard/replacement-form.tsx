import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { ChallengeView } from './challenge-view.tsx';
import type { ImpactWizard } from './impact-step.tsx';
import { emptyReplacement, problemsOfReplacement, replacementChoice } from './replacement-draft.ts';
import type { ReplacementDraft, ReplacementNeeds, ReplacementProblems } from './replacement-draft.ts';
import styles from './replacement-form.module.css';
import { ReplacementKinds } from './replacement-kinds.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { Button } from '../../components/button.tsx';

export interface ReplacementFormProps {
  readonly wizard: ImpactWizard;
  /** On the practice network, the new wallet that the person gives. */
  readonly practiceWallet: string | null;
  readonly acts: WizardActs;
}

type Tried = 'nothing' | 'challenge' | 'plan';

/** Nothing is called wrong before somebody has tried to go on with it. */
function shownProblems(found: ReplacementProblems, tried: Tried): ReplacementProblems {
  if (tried === 'plan') return found;
  return tried === 'challenge' && found.address !== undefined ? { address: found.address } : {};
}

/** The replacement: the holder's address with its proof, on a call-back where policy allows, or made by the desk. */
export function ReplacementForm({ wizard, practiceWallet, acts }: ReplacementFormProps): ReactElement {
  const { preview, digest } = wizard.read;
  const [draft, setDraft] = useState<ReplacementDraft>(() =>
    emptyReplacement(wizard.challenge?.replacement ?? preview.lost.linkedTo),
  );
  const [tried, setTried] = useState<Tried>('nothing');
  const needs: ReplacementNeeds = {
    lostWallet: preview.lostWallet,
    challenged: wizard.challenge?.replacement ?? null,
    hold: wizard.holdReferenceNeeded,
  };
  const found = problemsOfReplacement(draft, needs);
  const problems = shownProblems(found, tried);
  const edit = (change: Partial<ReplacementDraft>): void => setDraft({ ...draft, ...change });

  // Until there is a text to sign for the address, making it is what Enter does.
  const lacking = draft.kind === 'proof' && found.challenge !== undefined;

  function makeChallenge(): void {
    setTried('challenge');
    if (found.address === undefined) acts.makeChallenge(draft.address.trim());
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (lacking) return makeChallenge();
    setTried('plan');
    const choice = replacementChoice(draft, needs);
    if (choice !== null) acts.choose(digest, choice);
  }

  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <ReplacementKinds
        kind={draft.kind}
        callBackAllowed={wizard.callBackAllowed}
        generatedAllowed={wizard.generatedAllowed}
        onChoose={(kind) => edit({ kind })}
      />
      {preview.lost.linkedTo === null ? null : (
        <p className={styles.note}>
          A recovery to another wallet was begun before. Choose that same wallet to go on with it: its address
          is filled in.
        </p>
      )}
      {draft.kind === 'generate' ? (
        <p className={styles.note}>
          The desk makes a new wallet and keeps its keystore and passphrase, sealed, until both are handed
          over to the holder. Where this machine has no keychain to keep the passphrase in, you choose it in a
          window of its own, and another operator takes the keystore.
        </p>
      ) : (
        <div className={styles.line}>
          <TextInput
            className={styles.address}
            label="Address of the replacement wallet"
            description="The whole address, from the holder: 0x and 40 characters"
            required
            spellCheck={false}
            autoComplete="off"
            value={draft.address}
            error={problems.address}
            onChange={(event) => edit({ address: event.currentTarget.value })}
          />
          {draft.kind === 'proof' ? (
            <Button
              type={lacking ? 'submit' : 'button'}
              variant={lacking ? 'filled' : 'default'}
              loading={acts.awaits('wizard.challenge')}
              onClick={lacking ? undefined : makeChallenge}
            >
              Make the text to sign
            </Button>
          ) : null}
          {practiceWallet === null ? null : (
            <Button variant="default" onClick={() => edit({ address: practiceWallet })}>
              Practice: ask the holder
            </Button>
          )}
        </div>
      )}
      {draft.kind === 'call_back' ? (
        <p className={styles.note}>
          Without a proof the address rests on your record of the call. Read it back to the holder, character
          by character. The plan and the report say that it came by call-back.
        </p>
      ) : null}
      {draft.kind === 'proof' && wizard.challenge !== null && found.challenge === undefined ? (
        <ChallengeView
          challenge={wizard.challenge}
          signature={draft.signature}
          problem={problems.signature}
          onSignature={(signature) => edit({ signature })}
        />
      ) : null}
      {wizard.holdReferenceNeeded ? (
        <TextInput
          label="Reference of the hold"
          description="The lost wallet is frozen, perhaps by order of a court or authority. Give the reference under which that was looked into."
          required
          autoComplete="off"
          value={draft.holdReference}
          error={problems.holdReference}
          onChange={(event) => edit({ holdReference: event.currentTarget.value })}
        />
      ) : null}
      {lacking ? null : (
        <div>
          <Button type="submit">
            {draft.kind === 'generate' ? 'Make the wallet and the plan' : 'Make the plan'}
          </Button>
        </div>
      )}
    </form>
  );
}
