/** One HTTP request and its answer: no redirect followed, a limit on the answer's size, a deadline for the whole. */
import http from 'node:http';
import https from 'node:https';

export interface ExchangeOptions {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** Absent for none. */
  readonly body?: string | undefined;
  readonly agent: http.Agent | https.Agent;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Why there is no answer. The caller says it in words that fit whom it asked. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure';
  readonly kind: 'unreachable' | 'timed_out' | 'too_large';

  /** @param detail a short code of the failure (ECONNREFUSED, CERT_HAS_EXPIRED), never its text. */
  constructor(kind: ExchangeFailure['kind'], detail: string, cause?: unknown) {
    super(detail, { cause });
    this.kind = kind;
  }
}

function broken(error: Error): ExchangeFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'connection failed';
  return new ExchangeFailure('unreachable', code, error);
}

/** @throws ExchangeFailure; the signal's reason when the caller gave up. */
export function exchange(options: ExchangeOptions): Promise<HttpAnswer> {
  const { url, method, body, agent, timeoutMs, maxResponseBytes, signal } = options;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const headers = { ...options.headers, 'accept-encoding': 'identity', ...length };
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const request = (url.protocol === 'https:' ? https : http).request(url, { method, headers, agent });
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
    const late = (): void => fail(new ExchangeFailure('timed_out', `${timeoutMs} ms`));
    const deadline = setTimeout(late, timeoutMs);
    signal?.addEventListener('abort', giveUp, { once: true });

    request.on('error', (error) => fail(broken(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxResponseBytes) fail(new ExchangeFailure('too_large', `${maxResponseBytes} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(broken(error)));
      response.on('end', () =>
        settle(() =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        ),
      );
    });
    request.end(body);
  });
}
