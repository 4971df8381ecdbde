/** The nine phases in plain words. */
import type { PhaseReport } from '../../../shared/outcome.ts';
import type { PhaseName } from '../../../shared/phases.ts';

export interface PhaseWords {
  readonly title: string;
  /** What happens in it. */
  readonly does: string;
}

export const PHASE_WORDS: Readonly<Record<PhaseName, PhaseWords>> = {
  create_wallet: { title: 'Replacement wallet', does: 'Makes sure that the new wallet is there and usable' },
  revoke_sessions: { title: 'Sessions', does: 'Signs the person out everywhere' },
  contain: { title: 'Containment', does: 'Freezes the lost wallet, if somebody else may have its key' },
  create_identity: { title: 'New identity', does: 'Creates the identity of the replacement wallet' },
  recover_identity: { title: 'Identity', does: 'Marks the wallet as lost and links the replacement to it' },
  recover_tokens: { title: 'Tokens', does: 'Moves whole balances to the replacement, token by token' },
  link_participant: { title: 'Person’s record', does: 'Sets the new wallet where the person signs in' },
  reset_mfa: { title: 'Second factors', does: 'Resets the person’s second factors' },
  verify: { title: 'Verification', does: 'Looks at one final block whether everything stands' },
};

/** Why it ended so, or else what it does. */
export function phaseDetail(report: PhaseReport): string {
  return report.reason === undefined ? PHASE_WORDS[report.name].does : sentence(report.reason);
}

/** Reasons come as clauses or as sentences; shown, they begin with a capital. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The phase whose first transaction can't be taken back: the freeze where there is one, else the identity. */
export function phaseOfNoReturn(phases: readonly PhaseReport[]): PhaseName {
  const contain = phases.find((phase) => phase.name === 'contain');
  return contain === undefined || contain.status === 'skipped' ? 'recover_identity' : 'contain';
}
