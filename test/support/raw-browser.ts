/** A second client of a browser under test, over its debugging port; unlike Playwright it changes nothing by itself. */
import { setTimeout as delay } from 'node:timers/promises';

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

export class RawBrowser {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.#pending.get(answer.id)?.(answer);
    });
  }

  static async connect(address: string): Promise<RawBrowser> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
    });
    return new RawBrowser(socket);
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(error.message)),
      );
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  async targets(): Promise<readonly Target[]> {
    const { targetInfos } = (await this.send('Target.getTargets')) as {
      readonly targetInfos: readonly Target[];
    };
    return targetInfos;
  }

  /** A session with the page whose address begins so. */
  async attach(start: string): Promise<string> {
    const target = (await this.targets()).find(({ url }) => url.startsWith(start));
    if (target === undefined) throw new Error(`no page at ${start}`);
    return this.#attachTo(target);
  }

  /** Whether there is a page whose address holds this, with its document complete. */
  async hasLoaded(part: string): Promise<boolean> {
    const target = (await this.targets()).find(({ url }) => url.includes(part));
    if (target === undefined) return false;
    const session = await this.#attachTo(target);
    const state = await this.evaluate(session, 'location.href + document.readyState');
    await this.send('Target.detachFromTarget', { sessionId: session });
    return typeof state === 'string' && state.includes(part) && state.endsWith('complete');
  }

  async #attachTo({ targetId }: Target): Promise<string> {
    const answer = await this.send('Target.attachToTarget', { targetId, flatten: true });
    return (answer as { readonly sessionId: string }).sessionId;
  }

  /** What a script in the page's own world gives, as a click would run it. */
  async evaluate(sessionId: string, expression: string): Promise<unknown> {
    const params = { expression, userGesture: true, awaitPromise: true, returnByValue: true };
    const answer = this.send('Runtime.evaluate', params, sessionId) as Promise<{
      readonly result: { readonly value?: unknown };
    }>;
    return (await Promise.race([answer, delay(5000)]))?.result.value;
  }

  close(): void {
    this.#socket.close();
  }
}
