import { EventEmitter } from 'node:events';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;
export type CommandName = keyof Commands;
export type EventName = keyof Events;

/** Sends one command and answers its result; made by the connection. */
export type Transport = (method: string, params: object, sessionId: string | undefined) => Promise<unknown>;

/** A conversation with one target, or with the browser itself. */
export class CdpSession {
  readonly id: string | undefined;
  readonly #transport: Transport;
  readonly #events = new EventEmitter();

  constructor(id: string | undefined, transport: Transport) {
    this.id = id;
    this.#transport = transport;
    this.#events.setMaxListeners(0);
  }

  /** @throws Error when the browser refuses the command, or the target is gone. */
  send<Name extends CommandName>(
    method: Name,
    ...params: Commands[Name]['paramsType']
  ): Promise<Commands[Name]['returnType']> {
    return this.#transport(method, params[0] ?? {}, this.id) as Promise<Commands[Name]['returnType']>;
  }

  /** Sends a command whose failure only says that the target is gone already. */
  tell<Name extends CommandName>(method: Name, ...params: Commands[Name]['paramsType']): void {
    this.send(method, ...params).catch(() => undefined);
  }

  on<Name extends EventName>(method: Name, listener: (params: Events[Name][0]) => void): void {
    this.#events.on(method, listener as (params: unknown) => void);
  }

  /** Hands an event of the browser to the listeners. */
  receive(method: string, params: unknown): void {
    this.#events.emit(method, params);
  }
}
