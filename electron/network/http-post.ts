/** One HTTP POST of JSON, with faults in the words of whom it goes to. */
import { exchange, ExchangeFailure } from './http-exchange.ts';
import type { ExchangeOptions, HttpAnswer } from './http-exchange.ts';
import type { Faults } from './network-errors.ts';

export type { HttpAnswer } from './http-exchange.ts';
export type PostOptions = Omit<ExchangeOptions, 'method' | 'body'> & {
  readonly body: string;
  readonly faults: Faults;
};

/**
 * @throws DeskError of `faults`: unreachable, timed out, garbage (answer too large); the signal's reason when the
 * caller gave up.
 */
export async function post(options: PostOptions): Promise<HttpAnswer> {
  const headers = { ...options.headers, 'content-type': 'application/json', accept: 'application/json' };
  try {
    return await exchange({ ...options, method: 'POST', headers });
  } catch (thrown) {
    throw thrown instanceof ExchangeFailure ? inWords(thrown, options) : thrown;
  }
}

/** @param asked what failed to be exchanged, and in whose words to say so. */
export function inWords(
  failure: ExchangeFailure,
  asked: Pick<PostOptions, 'url' | 'timeoutMs' | 'maxResponseBytes' | 'faults'>,
): Error {
  const { url, timeoutMs, maxResponseBytes, faults } = asked;
  switch (failure.kind) {
    case 'unreachable':
      return faults.unreachable(url.host, failure.message, failure.cause);
    case 'timed_out':
      return faults.timedOut(url.host, timeoutMs);
    case 'too_large':
      return faults.garbage(url.host, `answered more than ${maxResponseBytes} bytes`);
  }
}
