import { setTimeout as delay } from 'node:timers/promises';
import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './cdp-session.ts';
import { fromReserved, shownUrl, toReserved } from './origin-map.ts';
import { runningBrowser } from './running-browser.ts';
import { contentsOfFrame, type ChromiumWebContents } from './web-contents.ts';

type Paused = Protocol.Fetch.RequestPausedEvent;

const FRAME_DEADLINE_MS = 2000;
const FRAME_POLL_MS = 10;

/**
 * Answers every request of every page from the application's own handlers, and refuses all others.
 * Without an answer from here nothing loads: the browser has no network.
 */
export async function serveRequests(root: CdpSession): Promise<void> {
  root.on('Fetch.requestPaused', (paused) => {
    answer(root, paused).catch(() => refuse(root, paused));
  });
  // SECURITY: all requests, of every page, frame and worker, stop here.
  await root.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(root: CdpSession, paused: Paused): Promise<void> {
  const { url } = paused.request;
  const contents = await contentsWhenKnown(paused.frameId);
  if (contents === undefined) return refuse(root, paused);
  await contents.whenPrepared();
  if (
    isTopNavigation(contents, paused) &&
    !contents.mayNavigate(url, paused.redirectedRequestId !== undefined)
  ) {
    return refuse(root, paused);
  }
  const own = fromReserved(url);
  const handler = own === undefined ? undefined : contents.session.protocol.handlerFor(own);
  // SECURITY: whatever is not the application's own is refused, wherever it lies.
  if (own === undefined || handler === undefined) return refuse(root, paused, contents);
  try {
    const response = await handler(requestOf(own, paused.request));
    await fulfil(root, paused.requestId, response);
  } catch {
    refuse(root, paused, contents);
  }
}

/** A request may be heard of before the page or frame that it belongs to. */
async function contentsWhenKnown(frameId: string): Promise<ChromiumWebContents | undefined> {
  const end = Date.now() + FRAME_DEADLINE_MS;
  while (Date.now() < end || runningBrowser()?.isOpening === true) {
    const contents = contentsOfFrame(frameId);
    if (contents !== undefined) return contents;
    await delay(FRAME_POLL_MS);
  }
  return undefined;
}

function isTopNavigation(contents: ChromiumWebContents, paused: Paused): boolean {
  return paused.resourceType === 'Document' && contents.page?.frames.isMain(paused.frameId) === true;
}

function requestOf(url: string, { method, headers, postData }: Protocol.Network.Request): Request {
  const shown = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    /^(?:origin|referer)$/iu.test(name) ? shownUrl(value) : value,
  ]);
  return new Request(url, { method, headers: shown, ...(postData === undefined ? {} : { body: postData }) });
}

async function fulfil(root: CdpSession, requestId: string, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  await root.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({
      name,
      value: name === 'location' ? (toReserved(value) ?? value) : value,
    })),
    body: body.toString('base64'),
  });
}

/** A navigation that is aborted leaves the page where it is; anything else fails in the page. */
function refuse(root: CdpSession, paused: Paused, contents?: ChromiumWebContents): void {
  const navigation = paused.resourceType === 'Document';
  root.tell('Fetch.failRequest', {
    requestId: paused.requestId,
    errorReason: navigation ? 'Aborted' : 'AccessDenied',
  });
  if (contents !== undefined && isTopNavigation(contents, paused)) contents.loadFailed(paused.request.url);
}
