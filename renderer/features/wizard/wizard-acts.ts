/** What a person can do in the wizard: each act asks main once and shows the step that main answers with. */
import { useCallback, useMemo, useState } from 'react';
import type { ErrorView } from '../../../shared/answer.ts';
import type { RecoveryCase } from '../../../shared/case.ts';
import type { ProcedureName } from '../../../shared/contract-names.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { Hex } from '../../../shared/values.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import type { SaidOfWallets } from '../../../shared/wizard-choices.ts';
import { takeDeskState, takeWizard, useWindow } from '../../app/store.ts';
import { newKey } from '../../desk.ts';
import type { SentTo } from '../../desk.ts';
import { useAsking } from './asking.ts';

export type ReplacementChoice = Omit<SentTo<'wizard.chooseReplacement'>, 'key' | 'digest'>;
export type FurtherChoices = NonNullable<ReplacementChoice['further']>;
/** Where a replacement comes from. */
export type SentChoice = FurtherChoices[number]['choice'];

/** How calls are saved that are signed elsewhere. */
export type CallsForm = SentTo<'recovery.exportCalls'>['form'];

export interface WizardActs {
  readonly error: ErrorView | null;
  /** Name of the file that was saved last; null where none was. */
  readonly saved: string | null;
  /** Whether any of these is awaited. */
  readonly awaits: (...names: readonly ProcedureName[]) => boolean;
  /** Lets go of what was refused and saved, where it belongs to what is over. */
  readonly forget: () => void;
  /** @param custodian who signs token steps; null for whoever recovers. */
  readonly setCase: (entered: RecoveryCase, custodian: string | null) => void;
  /** @param digest of the preview that was shown. */
  readonly sayOfWallets: (digest: Hex, said: SaidOfWallets) => void;
  readonly refresh: () => void;
  readonly savePreview: () => void;
  readonly toImpact: (digest: Hex) => void;
  /** @param lostWallet which of several the wallet is to replace; null where there is one. */
  readonly makeChallenge: (replacement: string, lostWallet: string | null) => void;
  readonly choose: (digest: Hex, choice: ReplacementChoice) => void;
  readonly confirm: (planDigest: Hex) => void;
  readonly back: () => void;
  readonly leave: () => void;
  readonly resume: (recoveryId: string) => void;
  /** @param planDigest of the plan that was shown. */
  readonly confirmPart: (recoveryId: string, planDigest: Hex) => void;
  readonly exportCalls: (recoveryId: string, form: CallsForm) => void;
  readonly reconnect: () => void;
  readonly saveReport: (recoveryId: string) => void;
}

/** Each call of an act that has an effect is an intention of its own; while it is awaited it can't be called again. */
export function useWizardActs(): WizardActs {
  const { pending, error, ask, forget } = useAsking();
  const [saved, setSaved] = useState<string | null>(null);

  const forgetAll = useCallback(() => {
    setSaved(null);
    forget();
  }, [forget]);

  return useMemo(() => {
    // Main tells every step: an answer that was overtaken by one that was told is an older step.
    const shown = (answer: Promise<Wizard | null>): void => {
      const before = useWindow.getState().wizard;
      setSaved(null);
      void answer.then((wizard) => {
        if (wizard !== null && useWindow.getState().wizard === before) takeWizard(wizard);
      });
    };
    const entered = (answer: Promise<DeskState | null>): void => {
      void answer.then((state) => {
        if (state !== null) takeDeskState(state);
      });
    };
    const filed = (answer: Promise<{ fileName: string } | null>): void => {
      setSaved(null);
      void answer.then((file) => setSaved(file?.fileName ?? null));
    };
    return {
      error,
      saved,
      awaits: (...names) => names.some((name) => pending.includes(name)),
      forget: forgetAll,
      setCase: (entered, custodian) => shown(ask('wizard.setCase', { case: entered, custodian })),
      sayOfWallets: (digest, wallets) => shown(ask('wizard.sayOfWallets', { digest, wallets: [...wallets] })),
      refresh: () => shown(ask('wizard.refresh', {})),
      savePreview: () => filed(ask('wizard.savePreview', { key: newKey() })),
      toImpact: (digest) => shown(ask('wizard.impact', { digest })),
      makeChallenge: (replacement, lostWallet) =>
        shown(
          ask('wizard.challenge', {
            key: newKey(),
            replacement,
            ...(lostWallet === null ? {} : { lostWallet }),
          }),
        ),
      choose: (digest, choice) =>
        shown(ask('wizard.chooseReplacement', { key: newKey(), digest, ...choice })),
      confirm: (planDigest) => shown(ask('wizard.confirm', { key: newKey(), planDigest })),
      back: () => shown(ask('wizard.back', {})),
      leave: () => shown(ask('wizard.leave', {})),
      resume: (recoveryId) => shown(ask('recovery.resume', { key: newKey(), recoveryId })),
      confirmPart: (recoveryId, planDigest) =>
        shown(ask('recovery.confirmPart', { key: newKey(), recoveryId, planDigest })),
      exportCalls: (recoveryId, form) =>
        filed(ask('recovery.exportCalls', { key: newKey(), recoveryId, form })),
      reconnect: () => entered(ask('networks.reconnect', { key: newKey() })),
      saveReport: (recoveryId) => filed(ask('recovery.saveReport', { key: newKey(), recoveryId })),
    };
  }, [pending, error, saved, ask, forgetAll]);
}
