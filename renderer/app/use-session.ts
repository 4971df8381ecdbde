import { call, newKey } from '../desk.ts';
import { takeDeskState } from './store.ts';
import { useDeed } from './use-deed.ts';
import type { Deed } from './use-deed.ts';

export interface Session {
  readonly lock: Deed<[]>;
  readonly signOut: Deed<[]>;
}

/** What who is signed in can do wherever they are in the window. */
export function useSession(): Session {
  const lock = useDeed(() => call('operator.lock', { key: newKey() }), takeDeskState);
  const signOut = useDeed(() => call('operator.signOut', { key: newKey() }), takeDeskState);
  return { lock, signOut };
}
