/** The channels between main and the preloads; the preloads carry the same words, and a test compares them. */
export const DESK_CHANNELS = { invoke: 'desk:invoke', event: 'desk:event', hand: 'desk:hand' } as const;
export const ENTRY_CHANNELS = {
  view: 'entry:view',
  submit: 'entry:submit',
  cancel: 'entry:cancel',
  hand: 'entry:hand',
} as const;
