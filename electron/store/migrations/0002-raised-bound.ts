/** Version 2: the cost bound that was confirmed for a recovery after its plan's did not do; none for those before. */
import type { Migration } from '../migrations.ts';

export const raisedBound: Migration = {
  number: 2,
  name: 'raised bound',
  sql: 'ALTER TABLE recovery ADD COLUMN highestCost TEXT;',
};
