import type { CustomScheme, Protocol } from 'electron';
import { isOwnScheme, schemeOf } from './origin-map.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();

/** The part of Electron's protocol module that serves the application's own scheme. */
export class SchemeHandlers implements Pick<Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'> {
  readonly #handlers = new Map<string, SchemeHandler>();

  handle(scheme: string, handler: SchemeHandler): void {
    if (!isOwnScheme(scheme)) throw new Error(`The scheme ${scheme} cannot be handled in this runtime.`);
    if (this.#handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`The scheme is not registered: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** The handler for an URL; none for a scheme that was not registered as a standard and secure one. */
  handlerFor(url: string): SchemeHandler | undefined {
    const scheme = schemeOf(url);
    return privileged.has(scheme) ? this.#handlers.get(scheme) : undefined;
  }
}

/**
 * Registers the application's schemes. Only standard, secure ones can be drawn here, because every
 * page has an https origin.
 */
export function registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
  for (const { scheme, privileges } of schemes) {
    if (!isOwnScheme(scheme) || privileges?.standard !== true || privileges.secure !== true) {
      throw new Error(`The scheme ${scheme} has to be standard and secure in this runtime.`);
    }
    privileged.add(scheme);
  }
}
