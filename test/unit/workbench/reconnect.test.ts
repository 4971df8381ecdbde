import { describe, expect, it } from 'vitest';
import { reconnect } from '../../../electron/workbench/reconnect.ts';
import type { Bench } from '../../../electron/workbench/bench.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import { SCENES } from '../../support/fake-desk-scenes.ts';
import { standingFor } from '../shell/doubles.ts';

const CONNECTED = SCENES['signed-in']().state.connection;
const FAILED = SCENES.failed().state.connection;

/** A desk that says of its connection what it is told to; connecting succeeds. */
function desk(connection: DeskState['connection'], busy = false) {
  let now = connection;
  let connected = 0;
  const bench = standingFor<Bench>({
    // Of a practice network that nobody can be signed in on the desk says that it failed, though it is there.
    connection: { status: CONNECTED },
    wizard: { execution: { busy } },
    state: () => ({ ...SCENES.start().state, connection: now }),
    connectChosen: () => {
      connected += 1;
      now = CONNECTED;
      return Promise.resolve();
    },
  });
  return { bench, times: () => connected };
}

describe('connecting again', () => {
  it.each([FAILED, { status: 'none' } as const])(
    'is done where the desk says $status',
    async (connection) => {
      const { bench, times } = desk(connection);

      expect((await reconnect(bench)).connection).toEqual(CONNECTED);
      expect(times()).toBe(1);
    },
  );

  it.each([CONNECTED, { status: 'connecting', name: 'Aldgate' } as const])(
    'does nothing where the desk says $status',
    async (connection) => {
      const { bench, times } = desk(connection);

      expect((await reconnect(bench)).connection).toEqual(connection);
      expect(times()).toBe(0);
    },
  );

  it('takes no network from under a recovery that is worked on', async () => {
    const { bench, times } = desk(FAILED, true);

    await expect(reconnect(bench)).rejects.toMatchObject({ code: 'WIZARD_ELSEWHERE' });
    expect(times()).toBe(0);
  });
});
