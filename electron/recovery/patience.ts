/** Patience with a network that is away for a while. */
import { asDeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import { isEnded } from './engine-context.ts';
import type { EngineContext } from './engine-context.ts';

/** Those worth trying again in the same run, as long as patience lasts. */
const RETRIED: readonly ErrorCode[] = [
  'ENDPOINT_UNREACHABLE',
  'ENDPOINT_TIMEOUT',
  'ENDPOINT_GARBAGE',
  'BLOCK_CHANGED',
];

const RETRY_AFTER_MS = 1_000;

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = AbortSignal.any([AbortSignal.timeout(RETRY_AFTER_MS), signal]);
    if (timeout.aborted) resolve();
    else timeout.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** How far a recovery has come: what was mined and what has ended. */
function progressOf({ steps, transactions }: RecoverySnapshot): number {
  const mined = transactions.filter((row) => row.state === 'mined' || row.state === 'final');
  return mined.length + steps.filter(isEnded).length;
}

/** Works again while the network is away, for as long as policy is patient; what gets on in between starts anew. */
export async function patiently<T>(
  context: EngineContext,
  snapshot: () => RecoverySnapshot,
  work: () => Promise<T>,
): Promise<T> {
  const { now, policy, signal, progress } = context;
  let fault: { readonly since: number; readonly at: number } | null = null;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const error = asDeskError(thrown);
      const at = progressOf(snapshot());
      if (fault === null || fault.at !== at) fault = { since: now().getTime(), at };
      const patient = now().getTime() - fault.since < policy.networkPatienceSeconds * 1000;
      if (!RETRIED.includes(error.code) || !patient || signal.aborted) throw thrown;
      progress({ kind: 'waiting', what: `network: ${error.message}` });
      await rest(signal);
    }
  }
}
