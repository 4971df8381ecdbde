/** A browser without a screen, a jar or scripts: it asks for an address and follows where it is sent on. */
import http from 'node:http';
import { text } from 'node:stream/consumers';

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** One request to this machine, without following. */
export async function visit(url: string, options: Omit<http.RequestOptions, 'agent'> = {}): Promise<Page> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  http
    .request(url, { ...options, agent: false }, resolve)
    .on('error', reject)
    .end();
  const response = await promise;
  return { url, status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

export async function follow(url: string): Promise<Page> {
  let page = await visit(url);
  for (let hops = 0; page.headers.location !== undefined && hops < 5; hops += 1) {
    page = await visit(new URL(page.headers.location, page.url).href);
  }
  return page;
}
