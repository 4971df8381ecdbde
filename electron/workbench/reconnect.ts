/** Connects again where connecting failed, also while a recovery holds the desk: it goes on nowhere else. */
import type { DeskState } from '../../shared/desk-state.ts';
import { assertIdle } from './standing.ts';
import type { Bench } from './bench.ts';

type ReconnectNeeds = Pick<Bench, 'wizard' | 'connectChosen' | 'state'>;

/**
 * Does nothing where the desk says that it is connected, or about to be.
 * @returns the state of the desk: what went wrong with connecting stands in it.
 * @throws DeskError WIZARD_ELSEWHERE while a recovery is worked on, or why nobody can be signed in to practise.
 */
export async function reconnect(bench: ReconnectNeeds): Promise<DeskState> {
  const { status } = bench.state().connection;
  if (status === 'connected' || status === 'connecting') return bench.state();
  assertIdle(bench);
  await bench.connectChosen();
  return bench.state();
}
