/** Reads the JSON of an HTTP answer, or says in coded words what came instead. */
import type { HttpAnswer } from './http-post.ts';
import type { Faults } from './network-errors.ts';

/** What a text of JSON says; undefined for one that is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Nodes and gateways also say JSON-RPC errors under an HTTP error status. */
function isJsonRpc(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === 'object' && value !== null && 'error' in value);
}

/** @throws DeskError of `faults`; where an HTTP status was the reason, `cause` is `{ status }`. */
export function readAnswer(
  host: string,
  { status, body }: HttpAnswer,
  timeoutMs: number,
  faults: Faults,
): unknown {
  if (status === 401 || status === 403 || status === 407) throw faults.refused(host, status);
  if (status >= 300 && status < 400) throw faults.garbage(host, `answered with a redirect (HTTP ${status})`);
  const value = parsed(body);
  if (status >= 200 && status < 300) {
    if (value === undefined) throw faults.garbage(host, 'answered something else than JSON');
    return value;
  }
  if (status !== 413 && isJsonRpc(value)) return value;
  const cause = { status };
  if (status === 408 || status === 504) throw faults.timedOut(host, timeoutMs, cause);
  if (status === 429 || status >= 500) throw faults.unreachable(host, `HTTP ${status}`, cause);
  throw faults.garbage(host, `answered HTTP ${status}`, cause);
}
