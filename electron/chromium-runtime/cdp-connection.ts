import type { Readable, Writable } from 'node:stream';
import { CdpPipe } from './cdp-pipe.ts';
import { CdpSession } from './cdp-session.ts';

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One browser's end of the DevTools protocol: commands, their answers, and a session for each target. */
export class CdpConnection {
  readonly root: CdpSession;
  readonly #pipe: CdpPipe;
  readonly #pending = new Map<number, Pending>();
  readonly #sessions = new Map<string, CdpSession>();
  #lastId = 0;
  #open = true;

  constructor(input: Readable, output: Writable, closed: () => void) {
    this.root = new CdpSession(undefined, this.#command);
    this.#pipe = new CdpPipe(
      input,
      output,
      (message) => this.#receive(message as Incoming),
      () => {
        this.#open = false;
        for (const { reject } of this.#pending.values()) reject(new Error('the browser is gone'));
        this.#pending.clear();
        closed();
      },
    );
  }

  /** The session under this id; made at its first use. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const session = new CdpSession(id, this.#command);
    this.#sessions.set(id, session);
    return session;
  }

  forget(id: string): void {
    this.#sessions.delete(id);
  }

  close(): void {
    this.#pipe.close();
  }

  readonly #command = (method: string, params: object, sessionId: string | undefined): Promise<unknown> => {
    if (!this.#open) return Promise.reject(new Error('the browser is gone'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#pipe.send({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) });
    });
  };

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      this.#settle(message.id, message);
    } else if (message.method !== undefined) {
      const session = message.sessionId === undefined ? this.root : this.session(message.sessionId);
      session.receive(message.method, message.params);
    }
  }

  #settle(id: number, message: Incoming): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (message.error === undefined) pending?.resolve(message.result);
    else pending?.reject(new Error(message.error.message));
  }
}
