import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';
import type { WorldContext } from './frames.ts';
import { assertJson } from './json-values.ts';
import type { ChromiumWebContents } from './web-contents.ts';
import type { IpcMessage } from './world-message.ts';

type Listener = (event: IpcEvent, ...args: unknown[]) => unknown;

/** The part of Electron's ipcMain that answers `invoke` and hears `send`. */
class ChromiumIpcMain extends EventEmitter implements Pick<IpcMain, 'removeHandler'> {
  readonly #handlers = new Map<string, Listener>();

  constructor() {
    super();
    // SECURITY: as in Electron: to the emitter, a message on this channel that nobody hears would be a fault of main.
    this.on('error', () => undefined);
  }

  handle(channel: string, listener: Listener): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, listener);
  }

  handleOnce(channel: string, listener: Listener): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return listener(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Runs what a page asked for and answers its document, if that still stands. */
  async answer(event: IpcEvent, channel: string, args: readonly unknown[]): Promise<object> {
    const handler = this.#handlers.get(channel);
    try {
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const value = await handler(event, ...args);
      assertJson(value);
      return { value };
    } catch (error) {
      return { error: `Error invoking remote method '${channel}': ${String(error)}` };
    }
  }
}

export const ipcMain = new ChromiumIpcMain();

/** Who sent a message; the fields of Electron's event that this runtime knows. */
export class IpcEvent {
  readonly type = 'frame';
  readonly sender: ChromiumWebContents;
  readonly #context: WorldContext;

  constructor(sender: ChromiumWebContents, context: WorldContext) {
    this.sender = sender;
    this.#context = context;
  }

  /** The frame the message came from; null once its document is gone. */
  get senderFrame() {
    return this.sender.frameOf(this.#context);
  }

  reply(channel: string, ...args: unknown[]): void {
    this.sender.tellWorld(this.#context, { type: 'event', channel, args });
  }
}

/** Takes a message that a preload sent by ipcRenderer. */
export function receiveIpc(sender: ChromiumWebContents, message: IpcMessage, context: WorldContext): void {
  const event = new IpcEvent(sender, context);
  if (message.type === 'send') {
    ipcMain.emit(message.channel, event, ...message.args);
    return;
  }
  const { id, channel, args } = message;
  void ipcMain
    .answer(event, channel, args)
    .then((answer) => sender.tellWorld(context, { type: 'answer', id, ...answer }));
}
