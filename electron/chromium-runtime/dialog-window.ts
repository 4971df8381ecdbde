import { randomUUID } from 'node:crypto';
import { DIALOG_POLICY, DIALOG_STYLE, dialogPage, type DialogContent } from './dialog-page.ts';
import { registerSchemesAsPrivileged } from './protocol.ts';
import { sessionOf } from './session.ts';
import { ChromiumWebContents, keepInFront } from './web-contents.ts';
import { setWindowBounds } from './window-bounds.ts';

const SCHEME = 'dialog';
const PARTITION = 'runtime:dialog';
const [WIDTH, HEIGHT] = [520, 320];
/** What a low screen has room for; a longer dialog scrolls. */
const TALLEST = 640;

export interface DialogAnswer {
  /** The button's place in the list; undefined when the window was closed. */
  readonly button: number | undefined;
  /** Full paths of the files that were chosen. */
  readonly files: readonly string[];
}

const asked = new Map<
  string,
  { readonly content: DialogContent; readonly answer: (button: number) => void }
>();

/**
 * Shows a dialog in a window of its own, and answers what was chosen in it.
 * @param parent the window that waits for it, if there is one
 */
export async function askInWindow(
  content: DialogContent,
  parent?: ChromiumWebContents,
): Promise<DialogAnswer> {
  const session = sessionOf(PARTITION);
  if (!session.protocol.isProtocolHandled(SCHEME)) serveDialogs();
  const contents = new ChromiumWebContents({
    width: WIDTH,
    height: HEIGHT,
    webPreferences: { partition: PARTITION },
  });
  const id = randomUUID();
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  asked.set(id, { content, answer: resolve });
  const gone = new Promise<void>((settle) => contents.once('destroyed', settle));
  void gone.then(() => resolve(undefined));
  contents.on('before-input-event', (_event, input: { readonly key: string }) => {
    if (input.key === 'Escape') resolve(undefined);
  });
  contents.once('did-finish-load', () => void fit(contents).catch(() => undefined));
  if (parent !== undefined) keepInFront(parent, contents);
  try {
    // Closed before it was drawn, it is closed all the same.
    contents.loadURL(`${SCHEME}://${id}/`).catch(() => resolve(undefined));
    const button = await promise;
    const files = content.files === undefined || button === undefined ? [] : await chosenFiles(contents);
    return { button, files };
  } finally {
    asked.delete(id);
    contents.closeNow();
    await gone;
  }
}

/** Makes the window as tall as what it says. */
async function fit(contents: ChromiumWebContents): Promise<void> {
  const { page } = contents;
  const expression = 'document.documentElement.scrollHeight + outerHeight - innerHeight';
  const answer = await page?.session.send('Runtime.evaluate', { expression, returnByValue: true });
  const height = Number(answer?.result.value);
  if (height > HEIGHT) setWindowBounds(page, { height: Math.min(Math.ceil(height), TALLEST) });
}

function serveDialogs(): void {
  registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
  sessionOf(PARTITION).protocol.handle(SCHEME, ({ url }) => {
    const { hostname, pathname, searchParams } = new URL(url);
    const dialog = asked.get(hostname);
    if (dialog === undefined) return new Response(null, { status: 404 });
    if (pathname === '/dialog.css') return page(DIALOG_STYLE, 'text/css');
    if (pathname === '/') return page(dialogPage(dialog.content), 'text/html');
    const button = Number(searchParams.get('button'));
    if (pathname === '/answer' && dialog.content.buttons[button] !== undefined) dialog.answer(button);
    // No content: the page stays as it is, with the files chosen in it.
    return new Response(null, { status: 204 });
  });
}

function page(text: string, type: string): Response {
  return new Response(text, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': DIALOG_POLICY },
  });
}

/** A page never learns the path of a file; the browser tells this process alone. */
async function chosenFiles(contents: ChromiumWebContents): Promise<string[]> {
  const session = contents.page?.session;
  if (session === undefined) return [];
  const paths: string[] = [];
  for (let index = 0; ; index += 1) {
    const expression = `document.querySelector('input[type=file]').files[${index}]`;
    const { result } = await session.send('Runtime.evaluate', { expression });
    if (result.objectId === undefined) return paths;
    const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId });
    // A file that lies in memory alone, as one that a page made itself, has no path.
    if (path !== '') paths.push(path);
  }
}
