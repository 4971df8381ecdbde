// Every built-in is taken at the start and called by `apply`: that is the point of this file.
/* oxlint-disable typescript/unbound-method */
/**
 * One end of the bridge between a page and the world its preload runs in. The same function runs in
 * both worlds, before any script of the page. It is sent as text: it must use nothing from outside itself.
 *
 * Both ends share the document alone. They speak by synchronous events under two random names; what a
 * page does to built-in objects later cannot reveal these, because everything is taken at the start, and
 * what is handed to built-in functions has no prototype that a page could have changed.
 * @param end whose world it is: only the page's ever takes what the other exposes
 */
export function bridgeWorld(end: 'page' | 'preload', incoming: string, outgoing: string): BridgeEnd {
  type Callable = (...args: unknown[]) => unknown;
  type Wire = string | number | boolean | null | readonly unknown[];
  interface Settler {
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
  }
  const scope = globalThis as unknown as BridgeScope;
  const { document, CustomEvent, EventTarget } = scope;
  const { apply, ownKeys } = Reflect;
  const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object;
  const { isArray } = Array;
  const { parse, stringify } = JSON;
  const { isFinite: finite } = Number;
  const [GlobalPromise, GlobalError, GlobalTypeError, GlobalDate] = [Promise, Error, TypeError, Date];
  const { dispatchEvent, addEventListener } = EventTarget.prototype;
  const then = GlobalPromise.prototype.then as Callable;
  const time = GlobalDate.prototype.getTime as Callable;
  const detailOf = getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as Callable;
  const objectPrototype = Object.prototype;

  const functions = create(null) as Record<number, Callable>;
  const settlers = create(null) as Record<number, Settler>;
  const exposed: string[] = [];
  let lastId = 0;
  let answer: Wire | undefined;
  let acknowledged = false;

  function post(message: Wire): void {
    postText(stringify(message));
  }

  // SECURITY: an entry that is missing here would be looked for in a prototype of the page's, which could
  // put other words into the event.
  function postText(text: string): void {
    const init = create(null) as { detail: string };
    init.detail = text;
    apply(dispatchEvent, document, [new CustomEvent(outgoing, init)]);
  }

  // SECURITY: without a prototype, on which a page's `toJSON` would put other words in place of these.
  function wireOf(...entries: unknown[]): Wire {
    return setPrototypeOf(entries, null) as Wire;
  }

  function encode(value: unknown, depth: number): Wire {
    if (value === undefined) return wireOf('u');
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return finite(value) ? value : wireOf('n', `${value}`);
    if (typeof value === 'bigint') return wireOf('b', `${value}`);
    if (typeof value === 'function') return wireOf('f', keep(value as Callable));
    if (typeof value !== 'object' || depth > 100) throw new GlobalTypeError('An object could not be cloned.');
    if (value instanceof GlobalPromise) return wireOf('p', follow(value));
    if (value instanceof GlobalError) return wireOf('e', textOf(value.name), textOf(value.message));
    if (value instanceof GlobalDate) return wireOf('d', apply(time, value, []));
    return isArray(value) ? encodeList(value, depth) : encodeObject(value, depth);
  }

  /** A page can give an error anything for a name. */
  function textOf(value: unknown): string {
    return typeof value === 'string' ? value : '';
  }

  function encodeList(list: readonly unknown[], depth: number): Wire {
    const wire = wireOf('a') as unknown[];
    for (let i = 0; i < list.length; i += 1) put(wire, i + 1, encode(list[i], depth + 1));
    return wire;
  }

  function encodeObject(value: object, depth: number): Wire {
    const prototype: unknown = getPrototypeOf(value);
    if (prototype !== null && prototype !== objectPrototype) {
      throw new GlobalTypeError('An object could not be cloned.');
    }
    const wire = wireOf('o') as unknown[];
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i];
      if (typeof key !== 'string' || getOwnPropertyDescriptor(value, key)?.enumerable !== true) continue;
      put(wire, wire.length, wireOf(key, encode((value as Record<string, unknown>)[key], depth + 1)));
    }
    return wire;
  }

  function keep(callable: Callable): number {
    lastId += 1;
    functions[lastId] = callable;
    return lastId;
  }

  function follow(promise: Promise<unknown>): number {
    lastId += 1;
    const id = lastId;
    const settle = (ok: boolean) => (value: unknown) => post(wireOf('settle', id, ok, tryEncode(value)));
    apply(then, promise, [settle(true), settle(false)]);
    return id;
  }

  function tryEncode(value: unknown): Wire {
    try {
      return encode(value, 0);
    } catch {
      return wireOf('e', 'TypeError', 'An object could not be cloned.');
    }
  }

  function decode(wire: Wire, frozen: boolean): unknown {
    if (wire === null || typeof wire !== 'object') return wire;
    const content = wire[1] as never;
    if (wire[0] === 'n') return +content;
    if (wire[0] === 'b') return BigInt(content);
    if (wire[0] === 'd') return new GlobalDate(content);
    if (wire[0] === 'e') return decodeError(wire);
    if (wire[0] === 'f') return proxyOf(content);
    if (wire[0] === 'p') return awaited(content);
    if (wire[0] === 'u') return undefined;
    const value: unknown[] | object = wire[0] === 'a' ? [] : {};
    for (let i = 1; i < wire.length; i += 1) {
      const entry = wire[i] as readonly [string, Wire];
      if (wire[0] === 'a') put(value, i - 1, decode(wire[i] as Wire, frozen));
      else put(value, entry[0], decode(entry[1], frozen));
    }
    return frozen ? freeze(value) : value;
  }

  function decodeError(wire: readonly unknown[]): Error {
    const error =
      wire[1] === 'TypeError' ? new GlobalTypeError(wire[2] as string) : new GlobalError(wire[2] as string);
    if (error.name !== wire[1]) put(error, 'name', wire[1]);
    return error;
  }

  /** Never by assignment, which a setter on a prototype would see. */
  function put(target: object, key: string | number, value: unknown): void {
    const descriptor = create(null) as PropertyDescriptor;
    descriptor.value = value;
    descriptor.enumerable = true;
    descriptor.writable = true;
    descriptor.configurable = true;
    defineProperty(target, key, descriptor);
  }

  function proxyOf(id: number): Callable {
    return (...args: unknown[]) => {
      const wire = encodeList(args, 0);
      answer = undefined;
      post(wireOf('call', id, wire));
      const got = answer as readonly [string, boolean, Wire] | undefined;
      answer = undefined;
      if (got === undefined) throw new GlobalError('The bridge to the application is closed.');
      if (got[1]) return decode(got[2], false);
      throw decode(got[2], false);
    };
  }

  function awaited(id: number): Promise<unknown> {
    return new GlobalPromise((resolve, reject) => {
      settlers[id] = freeze({ resolve, reject });
    });
  }

  function called(id: number, args: Wire): void {
    let result: Wire;
    try {
      const callable = functions[id];
      if (callable === undefined) throw new GlobalTypeError('no such function');
      result = wireOf(
        'return',
        true,
        encode(apply(callable, undefined, decode(args, false) as unknown[]), 0),
      );
    } catch (error) {
      result = wireOf('return', false, tryEncode(error));
    }
    post(result);
  }

  function settled(id: number, ok: boolean, value: Wire): void {
    const settler = settlers[id];
    delete settlers[id];
    if (ok) settler?.resolve(decode(value, false));
    else settler?.reject(decode(value, false));
  }

  /** Puts what the preload gives into this world, for good. */
  function receiveExposed(key: string, wire: Wire): void {
    const descriptor = create(null) as PropertyDescriptor;
    descriptor.value = decode(wire, true);
    descriptor.enumerable = true;
    defineProperty(scope, key, descriptor);
  }

  function receive(message: readonly unknown[]): void {
    const kind = message[0];
    if (kind === 'call') called(message[1] as number, message[2] as Wire);
    if (kind === 'return') answer = message;
    if (kind === 'settle') settled(message[1] as number, message[2] as boolean, message[3] as Wire);
    // SECURITY: whatever a page manages to say, it puts nothing into the preload's world.
    if (kind === 'expose' && end === 'page') {
      post(wireOf('exposed'));
      receiveExposed(message[1] as string, message[2] as Wire);
    }
    if (kind === 'exposed') acknowledged = true;
    if (kind === 'hello') while (exposed.length > 0) postText(exposed.shift() ?? '[]');
  }

  apply(addEventListener, document, [
    incoming,
    (event: object) => receive(parse(apply(detailOf, event, []) as string) as readonly unknown[]),
  ]);
  post(wireOf('hello'));

  return {
    expose(key, api) {
      if (typeof key !== 'string') throw new GlobalTypeError('a name is needed');
      const message = stringify(wireOf('expose', key, encode(api, 0)));
      acknowledged = false;
      postText(message);
      // The other world starts later and will say hello.
      if (!acknowledged) exposed.push(message);
    },
  };
}

/** What the preload's end can do. */
export interface BridgeEnd {
  /** Gives the page an API under a name; its functions run in this world. */
  expose(key: string, api: unknown): void;
}

interface BridgeScope {
  readonly document: object;
  readonly CustomEvent: {
    new (type: string, init: { readonly detail: string }): object;
    readonly prototype: object;
  };
  readonly EventTarget: {
    readonly prototype: {
      readonly dispatchEvent: (...args: never[]) => unknown;
      readonly addEventListener: (...args: never[]) => unknown;
    };
  };
}
