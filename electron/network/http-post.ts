/** One HTTP POST: no redirect followed, a limit on the answer's size, a deadline for the whole exchange. */
import http from 'node:http';
import https from 'node:https';
import type { Faults } from './network-errors.ts';

export interface PostOptions {
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: http.Agent | https.Agent;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly faults: Faults;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** The short code of a connection failure (ECONNREFUSED, CERT_HAS_EXPIRED), never its text. */
function failureCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'connection failed';
}

/**
 * @throws DeskError of `faults`: unreachable, timed out, garbage (answer too large); the signal's reason when the
 * caller gave up.
 */
export function post(options: PostOptions): Promise<HttpAnswer> {
  const { url, body, agent, timeoutMs, maxResponseBytes, signal, faults } = options;
  const headers = {
    ...options.headers,
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-length': String(Buffer.byteLength(body)),
  };
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers,
      agent,
    });
    const settle = (finish: () => void): void => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', giveUp);
      finish();
    };
    const fail = (error: unknown): void => {
      settle(() => reject(error));
      request.destroy();
    };
    const giveUp = (): void => fail(signal?.reason);
    const deadline = setTimeout(() => fail(faults.timedOut(url.host, timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', giveUp, { once: true });

    request.on('error', (error) => fail(faults.unreachable(url.host, failureCode(error), error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxResponseBytes)
          fail(faults.garbage(url.host, `answered more than ${maxResponseBytes} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(faults.unreachable(url.host, failureCode(error), error)));
      response.on('end', () =>
        settle(() =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        ),
      );
    });
    request.end(body);
  });
}
