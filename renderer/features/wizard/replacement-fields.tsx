import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Address as AddressText } from '../../../shared/address.ts';
import { Button } from '../../components/button.tsx';
import { ChallengeView } from './challenge-view.tsx';
import type { ImpactWizard } from './impact-step.tsx';
import { givesAddress } from './replacement-draft.ts';
import type { ReplacementDraft, ReplacementProblems } from './replacement-draft.ts';
import styles from './replacement-form.module.css';
import { ReplacementKinds } from './replacement-kinds.tsx';

export interface ReplacementFieldsProps {
  readonly wizard: ImpactWizard;
  readonly draft: ReplacementDraft;
  /** What stands for the lost wallet on chain already. */
  readonly linkedTo: AddressText | null;
  readonly accountAllowed: boolean;
  /** On the practice network, the new wallet that the person gives. */
  readonly practiceWallet: string | null;
  readonly challenge: ImpactWizard['challenges'][number] | null;
  /** Of all that is wrong, what is shown. */
  readonly problems: ReplacementProblems;
  /** Whether making the text to sign is what Enter does. */
  readonly lacking: boolean;
  readonly making: boolean;
  readonly onEdit: (change: Partial<ReplacementDraft>) => void;
  readonly onChallenge: () => void;
}

/** Where the replacement of one lost wallet comes from, and what that needs. */
export function ReplacementFields(props: ReplacementFieldsProps): ReactElement {
  const { wizard, draft, linkedTo, practiceWallet, challenge, problems, lacking, onEdit, onChallenge } =
    props;
  return (
    <>
      <ReplacementKinds
        kind={draft.kind}
        callBackAllowed={wizard.callBackAllowed}
        generatedAllowed={wizard.generatedAllowed}
        accountAllowed={props.accountAllowed}
        onChoose={(kind) => onEdit({ kind })}
      />
      {linkedTo === null ? null : (
        <p className={styles.note}>
          A recovery to another wallet was begun before. Choose that same wallet to go on with it: its address
          is filled in.
        </p>
      )}
      {givesAddress(draft) ? (
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
            onChange={(event) => onEdit({ address: event.currentTarget.value })}
          />
          {draft.kind === 'proof' ? (
            <Button
              type={lacking ? 'submit' : 'button'}
              variant={lacking ? 'filled' : 'default'}
              loading={props.making}
              onClick={lacking ? undefined : onChallenge}
            >
              Make the text to sign
            </Button>
          ) : null}
          {practiceWallet === null ? null : (
            <Button variant="default" onClick={() => onEdit({ address: practiceWallet })}>
              Practice: ask the holder
            </Button>
          )}
        </div>
      ) : (
        <p className={styles.note}>{draft.kind === 'account' ? ACCOUNT : GENERATED}</p>
      )}
      {draft.kind === 'call_back' ? (
        <p className={styles.note}>
          Without a proof the address rests on your record of the call. Read it back to the holder, character
          by character. The plan and the report say that it came by call-back.
        </p>
      ) : null}
      {challenge === null ? null : (
        <ChallengeView
          challenge={challenge}
          signature={draft.signature}
          problem={problems.signature}
          onSignature={(signature) => onEdit({ signature })}
        />
      )}
    </>
  );
}

const GENERATED =
  'The desk makes a new wallet and keeps its keystore and passphrase, sealed, until both are handed over to the holder. Where this machine has no keychain to keep the passphrase in, you choose it in a window of its own, and another operator takes the keystore.';

const ACCOUNT =
  'The plan has the network’s factory make a new smart account, at an address that is known beforehand. Whoever holds the first replacement wallet owns it: nothing more is to be proven or handed over.';
