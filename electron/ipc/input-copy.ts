/**
 * Takes an input over as JSON before anybody looks at it: what was checked is what is used, whatever the sender's
 * object does later. Bounded in depth and size, so that garbage costs no more than an honest call.
 */
import type { Json } from '../../shared/canonical.ts';
import { inputInvalid } from './invalid-input.ts';

export interface CopyBounds {
  /** Characters of all texts and names, and one for every value. */
  readonly characters: number;
  /** Lists and objects inside each other. */
  readonly depth: number;
}

/** The copy. @throws DeskError INPUT_INVALID for what has no JSON form, or is larger or deeper than any call needs. */
export function copyInput(input: unknown, bounds: CopyBounds): Json {
  const refusal = { reason: 'cannot be read' };
  try {
    return new Copy(bounds, refusal).of(input, 0);
  } catch {
    // What the sender's object threw is not looked at: it may be anything, and say anything.
    throw inputInvalid([refusal.reason]);
  }
}

class Copy {
  readonly #depth: number;
  readonly #refusal: { reason: string };
  #left: number;

  constructor(bounds: CopyBounds, refusal: { reason: string }) {
    this.#left = bounds.characters;
    this.#depth = bounds.depth;
    this.#refusal = refusal;
  }

  of(value: unknown, depth: number): Json {
    this.#spend(1);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'number') return this.#number(value);
    if (typeof value !== 'object') return this.#refuse('holds something that is no plain value');
    // A cycle is a depth without end.
    if (depth >= this.#depth) return this.#refuse('is nested too deeply');
    return Array.isArray(value) ? this.#list(value, depth + 1) : this.#object(value, depth + 1);
  }

  #text(text: string): string {
    this.#spend(text.length);
    // RFC 8785 has no form for it, so no digest could ever be made of what holds it.
    if (!text.isWellFormed()) return this.#refuse('holds a text with half a character');
    return text;
  }

  #number(value: number): number {
    if (!Number.isFinite(value)) return this.#refuse('holds a number without end');
    return value === 0 ? 0 : value;
  }

  #list(list: readonly unknown[], depth: number): Json[] {
    const copy: Json[] = [];
    for (let index = 0; index < list.length; index += 1) {
      copy.push(this.of(this.#own(list, String(index)), depth));
    }
    return copy;
  }

  #object(object: object, depth: number): { readonly [key: string]: Json } {
    if (!isPlain(object)) return this.#refuse('holds something that is no plain value');
    const copy: Record<string, Json> = {};
    for (const key of Object.keys(object)) {
      if (key === '__proto__') return this.#refuse('holds a name that is not allowed');
      copy[this.#text(key)] = this.of(this.#own(object, key), depth);
    }
    return copy;
  }

  /** A stored value only: a getter is not asked, for it could run on and on, or answer differently the next time. */
  #own(object: object, key: string): unknown {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (property === undefined || !('value' in property)) {
      return this.#refuse('holds something that is no plain value');
    }
    return property.value;
  }

  #spend(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) this.#refuse('is too large');
  }

  #refuse(reason: string): never {
    this.#refusal.reason = reason;
    throw new TypeError(reason);
  }
}

/** An object literal, of whatever realm it was read in. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
