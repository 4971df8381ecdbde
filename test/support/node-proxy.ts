/** Stands between the desk and a real node, and answers or watches what a test wants to: over real HTTP. */
import { startHttpServer } from './http-server.ts';

export interface ProxiedRequest {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

export interface NodeProxy {
  readonly url: string;
  /** Method names, in the order in which they came. */
  readonly methods: readonly string[];
  stop(): Promise<void>;
}

/** Another answer than the node's, or `pass` for the node's own. */
export type ProxyAnswer = { readonly result: unknown } | { readonly error: object } | 'pass';

export const METHOD_NOT_FOUND: ProxyAnswer = {
  error: { code: -32601, message: 'the method does not exist' },
};

export async function startNodeProxy(
  target: string,
  answer: (request: ProxiedRequest) => ProxyAnswer | Promise<ProxyAnswer>,
): Promise<NodeProxy> {
  const methods: string[] = [];
  const upstream = async (request: ProxiedRequest): Promise<object> => {
    const response = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()) as object;
  };
  const one = async (request: ProxiedRequest): Promise<object> => {
    methods.push(request.method);
    const own = await answer(request);
    return own === 'pass' ? upstream(request) : { jsonrpc: '2.0', id: request.id, ...own };
  };
  const server = await startHttpServer((_request, response, body) => {
    const parsed = JSON.parse(body) as ProxiedRequest | readonly ProxiedRequest[];
    const all: Promise<unknown> = Array.isArray(parsed)
      ? Promise.all((parsed as readonly ProxiedRequest[]).map(one))
      : one(parsed as ProxiedRequest);
    void all.then(
      (answers) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answers));
      },
      () => response.destroy(),
    );
  });
  return { url: server.url, methods, stop: () => server.stop() };
}
