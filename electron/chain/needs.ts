/** What the chain room needs of others. */
import type { Hex } from '../../shared/values.ts';
import type { LogEntry } from './types.ts';

/** The way to an endpoint. */
export interface Network {
  /**
   * Posts JSON and answers parsed JSON. Throws DeskError ENDPOINT_*, with `cause` `{ status }` where an HTTP
   * status was the reason; HOST_NOT_ALLOWED; the signal's reason on abort.
   */
  postJson(
    url: string,
    body: unknown,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<unknown>;
}

/** How far a log scan has come, all of it at or below a final block. */
export interface ScannedLogs {
  readonly scannedTo: number;
  readonly scannedHash: Hex;
  readonly logs: readonly LogEntry[];
}

/** Where the progress of log scans is kept. */
export interface ScanMemory {
  load(key: string): ScannedLogs | null;
  save(key: string, value: ScannedLogs): void;
}
