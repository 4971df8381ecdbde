import type { Session } from 'electron';

/** A page saves nothing: files are written by main alone, where a person said so in a dialog. */
export function setupDownloads(session: Pick<Session, 'on'>): void {
  // SECURITY: also what the page would start by a click on a link with `download`.
  session.on('will-download', (event) => event.preventDefault());
}
