/** keytar compiles against the system's libraries, and is left out of an installation where that fails. */
import type { Keytar } from './keychain-answers.ts';

/** A text that no type check resolves: where the package was left out, the desk's sources hold all the same. */
const PACKAGE: string = 'keytar';

/** The library, or null where it is not installed or does not fit this machine. */
export async function loadKeytar(): Promise<Keytar | null> {
  try {
    const loaded: unknown = await import(PACKAGE);
    const library = fieldOf(loaded, 'default') ?? loaded;
    return isKeytar(library) ? library : null;
  } catch {
    return null;
  }
}

function isKeytar(library: unknown): library is Keytar {
  return ['getPassword', 'setPassword', 'deletePassword'].every(
    (name) => typeof fieldOf(library, name) === 'function',
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
