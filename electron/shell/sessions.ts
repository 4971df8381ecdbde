import type { Session, session } from 'electron';
import { setupAppScheme } from './app-scheme.ts';
import { setupDownloads } from './downloads.ts';
import { setupEntryScheme } from './entry-scheme.ts';
import { DESK_PARTITION, DESK_SCHEME, ENTRY_PARTITION, ENTRY_SCHEME } from './origins.ts';
import { setupPageNetwork } from './page-network.ts';
import { setupPermissions } from './permissions.ts';
import type { Serve } from './serve-origin.ts';

/**
 * Makes both sessions ready before a window uses them. Has to run once the application is ready.
 * @returns what answers the requests of the desk window
 */
export function setupSessions(
  sessions: Pick<typeof session, 'fromPartition'>,
  rendererFolder: string,
): Serve {
  const desk = sessions.fromPartition(DESK_PARTITION);
  const entry = sessions.fromPartition(ENTRY_PARTITION);
  guard(desk, DESK_SCHEME);
  guard(entry, ENTRY_SCHEME);
  setupEntryScheme(entry);
  return setupAppScheme(desk, rendererFolder);
}

// SECURITY: on the sessions that the windows use; what is set on another one has no effect on them.
function guard(one: Session, scheme: string): void {
  setupPermissions(one);
  setupDownloads(one);
  setupPageNetwork(one, scheme);
}
