/** Waits, and gives up at once when the signal is aborted. No timer is left behind. */
import { setTimeout as delay } from 'node:timers/promises';

/** @throws the signal's reason. */
export async function abortableDelay(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
