/** From the typed confirmation to the end: the part of the wizard without a way back. */
import type { FormView } from '../../shared/entry-view.ts';
import { hasEnded } from '../../shared/phases.ts';
import { confirms, walletsOf } from '../../shared/plan.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { Plan } from '../../shared/plan.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { Hex } from '../../shared/values.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { executionRefused } from '../desk.ts';
import type { Records } from '../records.ts';
import { keystoreCodec } from '../operator/keystore-codec.ts';
import { wipe } from '../operator/passphrase.ts';
import { planToGoOnWith } from '../recovery/audited-refusal.ts';
import { storedResult } from '../recovery/engine.ts';
import type { EngineContext } from '../recovery/engine-context.ts';
import { beginRecovery, readyToResume } from '../recovery/execute.ts';
import { proverOf } from '../recovery/prepare.ts';
import { confirmViewOf } from './confirm-view.ts';
import { textOf } from './entry-forms.ts';
import { proofAsked, proveAnew, proveAtProvider, proveTyped } from './operator-proof.ts';
import { progressView } from './progress-view.ts';
import { keysOfMade } from './replacement-keys.ts';
import { keysForResume } from './wizard-keys.ts';
import { proverForResume } from './resume-proof.ts';
import { elsewhere, notEntered } from './refusals.ts';
import type { Private } from './wizard-holder.ts';
import type { WizardParts } from './wizard-parts.ts';

type Confirm = Extract<Wizard, { step: 'confirm' }>;

/** Proves each replacement that was made; what opens it is wiped with that. */
function provingOnce({ planned }: Private): EngineContext['proveWallet'] {
  const prove = proverOf(planned.made, keystoreCodec);
  if (prove === null) return null;
  return async (replacement) => {
    await prove(replacement);
    const made = planned.made.get(replacement);
    if (made !== undefined) wipe(made.passphrase);
  };
}

/**
 * Opens the entry window; what is typed there begins the recovery.
 * @throws DeskError ENTRY_CANCELLED, WIZARD_ELSEWHERE, or what beginning refuses: then nothing was done.
 */
export async function confirm(parts: WizardParts, digest: Hex): Promise<Wizard> {
  const impact = parts.holder.at('impact');
  const { behind } = parts.holder;
  const { planned, subject, case: opened, read } = impact;
  if (planned === null || behind === null || planned.digest !== digest)
    throw elsewhere('The plan that was shown is not the one that stands.');
  const step: Confirm = { step: 'confirm', subject, case: opened, read, planned, beginning: false };
  parts.holder.set(step, behind);
  const assertSame = parts.holder.turn();
  const given = { typed: '' };
  const signedIn = parts.operator();
  const proof = proofAsked(signedIn, read.preview.network.practice);
  try {
    await proveAtProvider(parts, signedIn);
  } catch (thrown) {
    parts.holder.set(impact, behind);
    throw thrown;
  }
  assertSame();
  const { plan } = planned;
  const view = confirmViewOf({ preview: read.preview, plan, digest });
  const outcome = await parts.entry.ask({ ...view, proof }, async (values) => {
    const typed = textOf(values, 'typed');
    if (!confirms(plan, typed))
      return { taken: false, message: `That is not "${view.text}".`, field: 'typed' };
    // Asked for only once the text is right: a wrong text is no attempt at a passphrase.
    if (proof !== null) await proveTyped(parts, signedIn, textOf(values, 'proof'));
    given.typed = typed;
    return { taken: true };
  });
  assertSame();
  if (outcome !== 'taken') {
    parts.holder.set(impact, behind);
    throw notEntered(outcome, 'The confirmation');
  }
  return start(parts, impact, behind, given.typed);
}

async function start(
  parts: WizardParts,
  impact: Extract<Wizard, { step: 'impact' }>,
  behind: Private,
  typed: string,
): Promise<Wizard> {
  try {
    return await reservedStart(parts, behind, typed);
  } catch (error) {
    parts.holder.set(impact, behind);
    throw error;
  }
}

async function reservedStart(parts: WizardParts, behind: Private, typed: string): Promise<Wizard> {
  const { holder, execution } = parts;
  const site = parts.site();
  const operator = parts.operator();
  const release = execution.reserve();
  try {
    holder.set({ ...holder.at('confirm'), beginning: true }, behind);
    const { plan, made } = behind.planned;
    // Before what opens them is wiped: the engine proves the wallets first of all.
    const keys = await keysOfMade(plan, made);
    const context = execution.context(site, operator, plan, provingOnce(behind), keys);
    const { id } = await beginRecovery(context, { ...behind.planned, typed });
    execution.run(context, id);
    // The passphrase is the engine's now, which wipes it once the wallet is proven.
    showProgress(parts, site.records, id, { ...behind });
    return holder.wizard;
  } finally {
    release();
  }
}

/** Shows a recovery as it goes. */
export function showProgress(
  parts: WizardParts,
  records: Records,
  id: string,
  behind: Private | null = null,
): void {
  const progress = progressView(records, id, parts.execution.live(id));
  parts.holder.set({ step: 'progress', progress }, behind);
}

/** Tokens that failed, or what failed at the participant directory. */
function mayRetry({ status, followUps }: RecoveryResult): boolean {
  const atDirectory = followUps.some(({ code }) => code === 'DIRECTORY_TO_RETRY');
  return status === 'completed_with_token_failures' || (status === 'completed' && atDirectory);
}

/** Shows one that has ended. */
export function showSummary(parts: WizardParts, records: Records, id: string): void {
  const stored = storedResult(records, id);
  const row = records.journal.read(id)?.recovery;
  const preview = row === undefined ? null : records.previews.get(row.previewDigest);
  if (stored === null || row === undefined || preview === null) throw recoveryUnknown(id);
  parts.holder.set({
    step: 'summary',
    subject: preview.participant.name ?? preview.participant.id,
    result: stored.result,
    read: { preview, digest: row.previewDigest },
    mayRetry: mayRetry(stored.result),
  });
}

/** Shows a recovery where it stands. @throws DeskError RECOVERY_UNKNOWN. */
export function show(parts: WizardParts, records: Records, id: string): void {
  const row = records.journal.read(id)?.recovery;
  if (row === undefined) throw recoveryUnknown(id);
  if (hasEnded(row.status)) showSummary(parts, records, id);
  else showProgress(parts, records, id, parts.holder.behind);
}

/** @throws DeskError RECOVERY_UNKNOWN; PLAN_ALTERED, with a row in the audit log. */
export function planOf(records: Records, id: string): Plan {
  const digest = records.journal.read(id)?.recovery.planDigest;
  const { plans } = records;
  const plan = digest === undefined ? null : planToGoOnWith({ plans, ...executionRefused(records) }, digest);
  if (plan === null) throw recoveryUnknown(id);
  return plan;
}

/** From where a recovery is gone on with: nothing is being prepared there. */
export const RESUMABLE = ['none', 'summary', 'progress'] as const;

/** What a recovery is known by to whoever goes on with it. */
function resumedFacts(records: Records, id: string): FormView['facts'] {
  const plan = planOf(records, id);
  return [
    ['Ticket', plan.ticket],
    ...walletsOf(plan).flatMap(({ lostWallet, replacement }) => [
      ['Lost wallet', lostWallet] as const,
      ['Replacement wallet', replacement.address] as const,
    ]),
  ];
}

/**
 * Goes on with a recovery because somebody asks for it, or retries its tokens: with fresh proof, however long ago the last
 * one is. Nobody is asked where this desk signs nothing for them.
 * @throws DeskError ENTRY_CANCELLED, WIZARD_ELSEWHERE, of the proof, and of `resume`
 */
export async function resumeProven(parts: WizardParts, id: string): Promise<Wizard> {
  parts.holder.at(...RESUMABLE);
  const { profile, records } = parts.site();
  const signedIn = parts.operator();
  const signsHere = parts.execution.current !== id && signedIn.signer() !== null;
  if (signsHere) await proveAnew(parts, signedIn, profile.practice === true, resumedFacts(records, id));
  if (parts.operator() !== signedIn) throw elsewhere('Meanwhile somebody else signed in.');
  return resume(parts, id);
}

/**
 * Goes on with a recovery, or retries its tokens.
 * SECURITY: it asks for no proof. For whoever has just given one: with a confirmation, or to unlock the desk.
 * @throws DeskError RECOVERY_NOT_RESUMABLE, OPERATOR_DIFFERS, OPERATOR_BUSY and others of `readyToResume`.
 */
export async function resume(parts: WizardParts, id: string): Promise<Wizard> {
  const { holder, execution } = parts;
  holder.at(...RESUMABLE);
  if (execution.current === id) return holder.wizard;
  const site = parts.site();
  const plan = planOf(site.records, id);
  const operator = parts.operator();
  const release = execution.reserve();
  try {
    const prove = await proverForResume(parts, id, plan);
    const keys = await keysForResume(parts, id, plan);
    const context = execution.context(site, operator, plan, prove, keys);
    await readyToResume(context, id);
    execution.run(context, id);
    showProgress(parts, site.records, id);
    return holder.wizard;
  } finally {
    release();
  }
}
