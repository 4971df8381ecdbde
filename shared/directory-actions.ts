/** What a recovery asks of a participant directory, as far as that can. */
import type { DirectoryCapability, DirectoryFacts } from './directory.ts';

export const DIRECTORY_ACTIONS = [
  'hold_sign_in',
  'revoke_sessions',
  'link_participant',
  'reset_mfa',
] as const;
export type DirectoryAction = (typeof DIRECTORY_ACTIONS)[number];

/** An action is planned where the directory can do something about any of these. */
export const RESTS_ON: Readonly<Record<DirectoryAction, readonly DirectoryCapability[]>> = {
  hold_sign_in: ['sign_in_hold'],
  revoke_sessions: ['sessions'],
  link_participant: ['wallet_link'],
  reset_mfa: ['second_factors', 'passkeys', 'api_keys', 'wallet_verifications'],
};

/** Of one that does not answer everything is asked, when it does; of one that does not know the person nothing. */
export function directoryActions(facts: DirectoryFacts): readonly DirectoryAction[] {
  if (!facts.answers) return DIRECTORY_ACTIONS;
  if (facts.participantId === null) return [];
  return DIRECTORY_ACTIONS.filter((action) =>
    RESTS_ON[action].some((capability) => facts.capabilities[capability].can !== 'cannot'),
  );
}
