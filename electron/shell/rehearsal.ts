import type { ProcedureName } from '../../shared/contract-names.ts';
import type { Dispatch } from './needs.ts';
import { DESK_ORIGIN, DESK_URL } from './origins.ts';
import type { Serve } from './serve-origin.ts';

/**
 * Goes once through what a page is answered with before its first view, for while the window is being made and main
 * would be idle. What Node and the contract load and build at their first use alone takes some 50 ms, and the page would
 * wait for it.
 * @param names questions of the page that take nothing
 * @returns settles when all was answered. Never rejects: what fails here is told to the page, when that asks.
 */
export async function rehearse(
  serve: Serve,
  dispatch: Dispatch,
  names: readonly ProcedureName[],
): Promise<void> {
  // SECURITY: main asks itself, in the page's place; no answer of these goes anywhere.
  const page = { origin: DESK_ORIGIN, top: true };
  const asked = names.map((name) => dispatch(name, {}, page));
  await Promise.allSettled([served(serve), ...asked]);
}

async function served(serve: Serve): Promise<void> {
  const response = await serve(new Request(DESK_URL, { headers: { accept: 'text/html' } }));
  await response.arrayBuffer();
}
