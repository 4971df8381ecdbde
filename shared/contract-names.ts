/** The names of what may be asked of main, and of what main tells unasked: all that the preload knows of the contract. */
export const PROCEDURE_NAMES = [
  'desk.state',
  'desk.setAppearance',
  'networks.add',
  'networks.check',
  'networks.choose',
  'networks.reconnect',
  'networks.remove',
  'practice.open',
  'practice.close',
  'operator.signIn',
  'operator.signOut',
  'participants.chooseFile',
  'participants.search',
  'participants.get',
  'wizard.state',
  'wizard.begin',
  'wizard.setCase',
  'wizard.refresh',
  'wizard.savePreview',
  'wizard.impact',
  'wizard.challenge',
  'wizard.chooseReplacement',
  'wizard.back',
  'wizard.leave',
  'wizard.confirm',
  'recovery.list',
  'recovery.get',
  'recovery.open',
  'recovery.resume',
  'recovery.saveReport',
  'review.open',
] as const;

export type ProcedureName = (typeof PROCEDURE_NAMES)[number];

export const EVENT_NAMES = ['desk.changed', 'wizard.changed', 'reading.progress'] as const;

export type EventName = (typeof EVENT_NAMES)[number];
