/** Answers what is asked of the wizard. */
import type { Handlers } from '../ipc/handlers.ts';
import type { Bench } from './bench.ts';
import { leave } from './leave.ts';
import { handOverHandlers } from './hand-over-handlers.ts';
import { exportCalls } from './export-calls.ts';
import { claimsHandlers } from './claims-handlers.ts';
import { confirmOwnPart } from './own-part.ts';
import { confirm, resumeProven, show } from './wizard-execution.ts';
import { challenge, chooseReplacement } from './wizard-plan.ts';
import { back, begin, impact, refresh, savePreview, sayOfWallets, setCase } from './wizard-reading.ts';

/** What is asked of a recovery, before, while and after it is executed. */
export type WizardProcedures = Extract<
  keyof Handlers,
  | `wizard.${string}`
  | `handover.${string}`
  | `claims.${string}`
  | 'recovery.open'
  | 'recovery.resume'
  | 'recovery.confirmPart'
  | 'recovery.exportCalls'
>;

export function wizardHandlers(bench: Bench): Pick<Handlers, WizardProcedures> {
  const { wizard: parts, connection } = bench;
  return {
    ...handOverHandlers(bench),
    ...claimsHandlers(bench),
    'wizard.state': () => parts.holder.wizard,
    'wizard.begin': (key) => begin(parts, key),
    'wizard.setCase': ({ case: opened, custodian }) => setCase(parts, opened, custodian),
    'wizard.sayOfWallets': ({ digest, wallets }) => sayOfWallets(parts, digest, wallets),
    'wizard.refresh': () => refresh(parts),
    'wizard.savePreview': () => savePreview(parts),
    'wizard.impact': ({ digest }) => impact(parts, digest),
    'wizard.challenge': (asked) => challenge(parts, asked),
    'wizard.chooseReplacement': (choice) => chooseReplacement(parts, choice),
    'wizard.back': () => back(parts),
    'wizard.leave': () => leave(bench),
    'wizard.confirm': ({ planDigest }) => confirm(parts, planDigest),
    'recovery.open': ({ recoveryId }) => {
      parts.holder.at('none', 'summary', 'progress', 'case', 'preview', 'impact');
      show(parts, connection.records, recoveryId);
      return parts.holder.wizard;
    },
    'recovery.resume': ({ recoveryId }) => resumeProven(parts, recoveryId),
    'recovery.confirmPart': ({ recoveryId, planDigest }) => confirmOwnPart(parts, recoveryId, planDigest),
    'recovery.exportCalls': ({ recoveryId, form }) =>
      exportCalls(parts, connection.records, recoveryId, form),
  };
}
