/**
 * Stands for nodes and gateways that anvil cannot play: those that refuse batches, know no EIP-1898, limit log
 * ranges, answer in disorder, or word errors their own way. It speaks real HTTP; each test says what it answers.
 */
import { startHttpServer } from './http-server.ts';

export interface StubRequest {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** An error object to be answered instead of a result. */
export class StubError {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    this.code = code;
    this.message = message;
    this.data = data;
  }
}

/** A whole HTTP answer, or `hang` for none. */
export type WholeAnswer = { readonly status?: number; readonly body: string } | 'hang' | null;

export interface StubNodeOptions {
  readonly chainId?: number;
  /** The result of one request; undefined for "method not found". */
  readonly result?: (request: StubRequest) => unknown;
  /** Answers a whole post (one request or a batch); null leaves it to `result`. */
  readonly whole?: (requests: readonly StubRequest[], batched: boolean) => WholeAnswer;
  /** Answers of a batch in reverse order. */
  readonly reversed?: boolean;
}

export interface StubNode {
  readonly url: string;
  /** The method names of each post, in the order they came. */
  readonly posts: readonly (readonly string[])[];
  stop(): Promise<void>;
}

function toRequest(value: unknown): StubRequest {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('method' in value)) {
    throw new TypeError('not a JSON-RPC request');
  }
  const params = 'params' in value && Array.isArray(value.params) ? value.params : [];
  return { id: Number(value.id), method: String(value.method), params };
}

const HEAD = {
  number: '0x64',
  hash: `0x${'ab'.repeat(32)}`,
  timestamp: '0x65000000',
  gasLimit: '0x1c9c380',
  baseFeePerGas: '0x3b9aca00',
};

/** A block as nodes answer it, of the given number. */
export function stubBlock(number: number, parts: Readonly<Record<string, unknown>> = {}): object {
  return { ...HEAD, number: `0x${number.toString(16)}`, ...parts };
}

export async function startStubNode(options: StubNodeOptions = {}): Promise<StubNode> {
  const posts: (readonly string[])[] = [];

  function answerOne(request: StubRequest): object {
    const chainId = `0x${(options.chainId ?? 31337).toString(16)}`;
    const given = options.result?.(request);
    const value = given === undefined && request.method === 'eth_chainId' ? chainId : given;
    const head = { jsonrpc: '2.0', id: request.id };
    if (value === undefined) {
      return { ...head, error: { code: -32601, message: `the method ${request.method} does not exist` } };
    }
    if (value instanceof StubError) return { ...head, error: value };
    return { ...head, result: value };
  }

  const server = await startHttpServer((_request, response, text) => {
    const body: unknown = JSON.parse(text);
    const batched = Array.isArray(body);
    const requests = batched ? body.map(toRequest) : [toRequest(body)];
    posts.push(requests.map(({ method }) => method));
    const whole = options.whole?.(requests, batched) ?? null;
    if (whole === 'hang') return;
    const answers = requests.map(answerOne);
    if (options.reversed === true) answers.reverse();
    response.writeHead(whole?.status ?? 200, { 'content-type': 'application/json' });
    response.end(whole?.body ?? JSON.stringify(batched ? answers : answers[0]));
  });
  return { url: server.url, posts, stop: () => server.stop() };
}
