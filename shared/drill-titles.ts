/** The drills of the practice network, in order: told also before it is open. */
export const DRILL_TITLES = [
  'A plain loss',
  'Three tokens that fail',
  'A thief has the key',
  'A frozen wallet',
  'A recovery that was cut off',
  'The second loss',
  'Two wallets lost, one in use',
  'A token left behind',
  'A wallet nobody registered',
  'Recovered to somewhere else',
  'Nobody recovers themselves',
  'A person without a wallet',
] as const;
export type DrillTitle = (typeof DRILL_TITLES)[number];
