/** Issues claims from the window: what is issued is confirmed in the entry window, as a recovery is. */
import type { ClaimsIssued } from '../../shared/claims.ts';
import type { FormView } from '../../shared/entry-view.ts';
import { confirmationText, confirms } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { Hex } from '../../shared/values.ts';
import { beginIssue, openIssue, runIssue } from '../recovery/claims/issue.ts';
import { prepareIssue } from '../recovery/claims/issue-plan.ts';
import type { EngineContext } from '../recovery/engine-context.ts';
import { readyToResume } from '../recovery/execute.ts';
import { claimsContext } from './claims-context.ts';
import { entryField, entryForm, textOf } from './entry-forms.ts';
import { proofAsked, proveAtProvider, proveAnew, proveTyped } from './operator-proof.ts';
import { elsewhere, notEntered } from './refusals.ts';
import type { SignedIn } from './signed-in.ts';
import type { WizardParts } from './wizard-parts.ts';

const MISSING_ALL = { topics: [], issuer: null, data: null };

/** Drawn from the stored plan alone. A topic's name is whatever its registry says: its number tells it from others. */
function issueForm(
  { participant, network }: Pick<Preview, 'participant' | 'network'>,
  plan: Plan,
  digest: Hex,
  signedIn: SignedIn,
): FormView {
  const claims = plan.claims?.issue ?? [];
  const proof = proofAsked(signedIn, network.practice);
  return entryForm({
    title: 'Issue claims',
    action: 'Sign and issue',
    intro: [
      'You sign, in the name of the issuer, that these hold of the person. Issue them only if you have checked that.',
      `To confirm, type ${confirmationText(plan)}`,
    ],
    facts: [
      ['Person', participant.name ?? participant.id],
      ['Network', `${network.name}, chain ${network.chainId}`],
      ['Replacement wallet', plan.replacement.address],
      ['On its identity', plan.replacement.identity],
      ...claims.map(
        ({ topic, topicName, issuer, data }) =>
          [`Claim ${topicName ?? topic}`, `topic ${topic}, issuer ${issuer}, data ${data}`] as const,
      ),
      ['Cost', `never more than ${plan.highestCost} wei`],
      ['Plan digest', digest],
    ],
    practice: network.practice,
    fields: [
      entryField({ name: 'typed', label: 'Confirmation text', kind: 'text' }),
      ...(proof === null
        ? []
        : [
            entryField({
              name: 'proof',
              label: proof.label,
              kind: proof.kind === 'code' ? 'code' : 'passphrase',
              hint: proof.hint,
            }),
          ]),
    ],
  });
}

/** @returns what was typed. @throws DeskError ENTRY_CANCELLED, and of the proof. */
async function confirmed(
  parts: WizardParts,
  signedIn: SignedIn,
  view: FormView,
  plan: Plan,
): Promise<string> {
  const given = { typed: '' };
  await proveAtProvider(parts, signedIn);
  const outcome = await parts.entry.ask(view, async (values) => {
    const typed = textOf(values, 'typed');
    if (!confirms(plan, typed))
      return { taken: false, message: `That is not "${confirmationText(plan)}".`, field: 'typed' };
    // Asked for only once the text is right: a wrong text is no attempt at a passphrase.
    if (view.fields.some(({ name }) => name === 'proof'))
      await proveTyped(parts, signedIn, textOf(values, 'proof'));
    given.typed = typed;
    return { taken: true };
  });
  if (outcome !== 'taken') throw notEntered(outcome, 'The confirmation');
  return given.typed;
}

/** With a signer that signs this plan alone, for as long as it runs; nothing else is executed meanwhile. */
async function running(
  parts: WizardParts,
  signedIn: SignedIn,
  plan: Plan,
  begun: (context: EngineContext) => Promise<string>,
): Promise<NonNullable<ClaimsIssued['issue']>> {
  const release = parts.execution.reserve();
  try {
    const context = parts.execution.context(parts.site(), signedIn, plan, null);
    return await runIssue(context, await begun(context));
  } finally {
    release();
  }
}

async function goOn(parts: WizardParts, id: string): Promise<ClaimsIssued> {
  const { records, profile } = parts.site();
  const digest = records.journal.read(id)?.recovery.planDigest;
  const plan = digest === undefined ? null : records.plans.get(digest);
  if (plan === null) throw recoveryUnknown(id);
  const signedIn = parts.operator();
  const about = [
    ['Ticket', plan.ticket],
    ['Replacement wallet', plan.replacement.address],
  ] as const;
  await proveAnew(parts, signedIn, profile.practice === true, about);
  if (parts.operator() !== signedIn) throw elsewhere('Meanwhile somebody else signed in.');
  const issued = await running(parts, signedIn, plan, async (context) => {
    await readyToResume(context, id);
    return id;
  });
  return { issue: issued, standing: [], left: [] };
}

/**
 * Opens the entry window with what whoever is signed in may issue of what is missing, and issues it; or goes on with what
 * was begun.
 * @throws DeskError ENTRY_CANCELLED, and of preparing and beginning an issue: then nothing was signed or sent.
 */
export async function issue(parts: WizardParts, recoveryId: string): Promise<ClaimsIssued> {
  const site = parts.site();
  const signedIn = parts.operator();
  const open = openIssue(site.records, recoveryId, signedIn.address);
  if (open !== null) return goOn(parts, open);
  const prepared = await prepareIssue(claimsContext(site), recoveryId, signedIn.address, MISSING_ALL);
  const told = { standing: [...prepared.standing], left: [...prepared.left] };
  if (prepared.kind === 'nothing') return { issue: null, ...told };
  const { plan, planDigest, preview } = prepared;
  const typed = await confirmed(parts, signedIn, issueForm(preview, plan, planDigest, signedIn), plan);
  const issued = await running(parts, signedIn, plan, (context) =>
    beginIssue(context, { planDigest, typed }),
  );
  return { issue: issued, ...told };
}
