/** What is happening, a line at a time. */
import type { ProgressEvent } from '../recovery/engine-context.ts';

const PHASE_WORDS: Readonly<Record<Extract<ProgressEvent, { kind: 'phase' }>['phase'], string>> = {
  create_wallet: 'Replacement wallet',
  revoke_sessions: 'Sessions',
  contain: 'Containment',
  create_identity: 'Replacement identity',
  recover_identity: 'Identity recovery',
  recover_tokens: 'Token recovery',
  link_participant: 'Participant link',
  reset_mfa: 'Second factors',
  verify: 'Verification',
  sign_claims: 'Signing claims',
  issue_claims: 'Issuing claims',
};

/** null for what a person need not see. */
export function progressText(event: ProgressEvent): string | null {
  switch (event.kind) {
    case 'phase':
      return `${PHASE_WORDS[event.phase]}: ${event.status}${event.reason === undefined ? '' : ` (${event.reason})`}`;
    case 'token':
      return `  token ${event.index} of ${event.total}  ${event.symbol}  ${event.outcome}${event.message === undefined ? '' : `: ${event.message}`}`;
    case 'transaction':
      return event.state === 'sent' || event.state === 'returned' ? `  ${event.state}  ${event.hash}` : null;
    case 'waiting':
      return `  waiting for ${event.what}`;
    default:
      return event satisfies never;
  }
}

/** Tells each event as it comes, and of a phase only what is new: a phase may be gone on with in several turns. */
export function progressTeller(say: (line: string) => void): (event: ProgressEvent) => void {
  const told = new Map<string, string>();
  return (event) => {
    const line = progressText(event);
    if (line === null) return;
    if (event.kind === 'phase') {
      if (told.get(event.phase) === line) return;
      told.set(event.phase, line);
    }
    say(line);
  };
}
