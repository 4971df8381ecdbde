/** Whether what a call was admitted on still stands: while a dialog is open or a network answers, people go on. */
import { elsewhere } from './refusals.ts';
import type { Site } from './site.ts';
import type { SignedIn } from './signed-in.ts';

/** What calls rest on. */
export interface Ground {
  readonly connection: { readonly site: Site | null };
  operator(): SignedIn | null;
  /** The recovery that everything else waits for; null for none. */
  held(): string | null;
  readonly wizard: { readonly execution: { readonly busy: boolean } };
}

/** @throws DeskError WIZARD_ELSEWHERE while a recovery is executed or begun. */
export function assertIdle({ wizard }: Pick<Ground, 'wizard'>): void {
  // SECURITY: neither the key nor the network of a running recovery is taken from under it.
  if (wizard.execution.busy) throw elsewhere('A recovery is being executed by who is signed in.');
}

/** @throws DeskError WIZARD_ELSEWHERE while a recovery holds the desk. */
export function assertUnlocked(ground: Pick<Ground, 'held'>): void {
  if (ground.held() !== null) throw elsewhere('Meanwhile a recovery was begun.');
}

/**
 * To be called before waiting.
 * @returns a check for afterwards: the network, the operator and the lock are those of before, and nothing runs.
 */
export function standing(ground: Ground): () => void {
  const { site } = ground.connection;
  const operator = ground.operator();
  const held = ground.held();
  return () => {
    assertIdle(ground);
    if (ground.held() !== held) throw elsewhere('Meanwhile a recovery was begun or ended.');
    if (ground.connection.site !== site) throw elsewhere('Meanwhile another network was chosen.');
    if (ground.operator() !== operator) throw elsewhere('Meanwhile somebody signed in or out.');
  };
}

/**
 * Opens the key of whoever signs in. It is closed again where that took so long that nobody may sign in with it.
 * @returns null where the person changed their mind.
 * @throws DeskError WIZARD_ELSEWHERE, or what opening refuses.
 */
export async function entered<S extends SignedIn | null>(ground: Ground, open: () => Promise<S>): Promise<S> {
  assertIdle(ground);
  const assertSame = standing(ground);
  const operator = await open();
  try {
    if (operator !== null) assertSame();
    return operator;
  } catch (error) {
    operator?.close();
    throw error;
  }
}
