/** What a recovery is doing right now, in a sentence for whoever watches. */
import type { StepPhase } from '../../shared/phases.ts';
import type { ProgressEvent } from '../recovery/engine-context.ts';

const PHASES_NOW: Readonly<Record<StepPhase, string>> = {
  create_wallet: 'Proving that the replacement wallet opens.',
  revoke_sessions: 'Looking after sessions.',
  contain: 'Freezing the lost wallet.',
  create_identity: 'Creating the replacement identity.',
  recover_identity: 'Linking the lost wallet to its replacement.',
  recover_tokens: 'Recovering tokens.',
  link_participant: 'Looking after the person’s record.',
  reset_mfa: 'Looking after second factors.',
  verify: 'Verifying everything at one final block.',
  sign_claims: 'Signing the claims.',
  issue_claims: 'Adding the claims to the identity.',
};

/** null where the sentence before still holds. */
export function nowWords(event: ProgressEvent): string | null {
  switch (event.kind) {
    case 'phase':
      return event.status === 'running' ? PHASES_NOW[event.phase] : null;
    case 'token':
      return `${event.symbol}: ${event.outcome} (${event.index} of ${event.total}).`;
    case 'transaction':
      return event.state === 'returned'
        ? 'A block was taken back by the network: its transactions are sent again.'
        : null;
    case 'waiting':
      return `Waiting for ${event.what}.`;
    default:
      return event satisfies never;
  }
}
