/** How a person stands with the desk, for lists and filters. */
export const PARTICIPANT_STATES = ['active', 'recovery_running', 'recovered', 'no_wallet'] as const;
export type ParticipantState = (typeof PARTICIPANT_STATES)[number];
