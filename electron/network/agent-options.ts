/** How long connections are kept for another request, and how many to one host. */
import type { AgentOptions } from 'node:http';

/** Shorter than the idle time after which servers drop a connection, so that none is reused as it closes. */
const IDLE_MS = 4_000;

/** Options of an agent of one's own; whatever the environment says of proxies is not among them. */
export function agentOptions(maxSockets: number): AgentOptions {
  return { keepAlive: true, maxSockets, timeout: IDLE_MS };
}
