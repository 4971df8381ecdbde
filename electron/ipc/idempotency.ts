/**
 * The same intention of a person never has its effect twice. Every key is remembered for the life of the process,
 * and the answers as far as there is room: a key whose answer was let go is still never run again.
 */
import type { Answer } from '../../shared/answer.ts';
import type { Json } from '../../shared/canonical.ts';
import { digestOf } from '../../shared/canonical.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';

export interface IntentionBounds {
  /** Keys remembered. Past it every new effect is refused, for none of them may be forgotten. */
  readonly keys: number;
  /** Characters of all answers kept, as JSON. */
  readonly answerCharacters: number;
}

export interface Intentions {
  /**
   * Runs an effect, or gives the answer of the run before: a run that is under way is waited for.
   * `run` is called before this returns, and must not reject.
   * @param input parsed, with its `key`.
   * @throws DeskError KEY_USED, TOO_MANY_CALLS; then nothing was run, and the key is as it was.
   */
  once(name: ProcedureName, input: Json, run: () => Promise<Answer<Json>>): Promise<Answer<Json>>;
}

interface Intention {
  readonly digest: Hex;
  /** null once there was no more room for it. */
  answer: Promise<Answer<Json>> | null;
}

export function createIntentions(bounds: IntentionBounds): Intentions {
  const byKey = new Map<string, Intention>();
  const answered: { readonly intention: Intention; readonly characters: number }[] = [];
  let kept = 0;

  /** Keeps the newest answers. */
  function keep(intention: Intention, answer: Answer<Json>): void {
    const { length: characters } = JSON.stringify(answer);
    answered.push({ intention, characters });
    kept += characters;
    while (kept > bounds.answerCharacters) {
      const oldest = answered.shift();
      if (oldest === undefined) return;
      oldest.intention.answer = null;
      kept -= oldest.characters;
    }
  }

  return {
    once(name, input, run) {
      const key = keyOf(input);
      const digest = digestOf({ name, input });
      const before = byKey.get(key);
      if (before !== undefined) return repeated(before, digest);
      if (byKey.size >= bounds.keys) throw full();

      const { promise, resolve, reject } = Promise.withResolvers<Answer<Json>>();
      const intention: Intention = { digest, answer: promise };
      // Remembered before it is run: whatever asks again from here on finds it.
      byKey.set(key, intention);
      run().then((answer) => {
        keep(intention, answer);
        resolve(answer);
      }, reject);
      return promise;
    },
  };
}

function repeated(before: Intention, digest: Hex): Promise<Answer<Json>> {
  if (before.digest !== digest) {
    throw keyUsed('This intention was named before, with something else. This call did nothing.');
  }
  if (before.answer === null) {
    throw keyUsed('This was carried out before, and its answer is not kept any more. This call did nothing.');
  }
  return before.answer;
}

/** A UUID is the same in capitals. */
function keyOf(input: Json): string {
  if (typeof input === 'object' && input !== null && 'key' in input && typeof input.key === 'string') {
    return input.key.toLowerCase();
  }
  throw new TypeError('the input of an effect carries no key');
}

function keyUsed(message: string): DeskError {
  return new DeskError('KEY_USED', {
    message,
    remedy: 'Look at where things stand now. If it is still wanted, ask for it anew.',
    retry: 'never',
  });
}

function full(): DeskError {
  return new DeskError('TOO_MANY_CALLS', {
    message: 'The window has asked for more than the desk can keep in mind. This call did nothing.',
    remedy: 'Start Recovery Desk again. A recovery that is under way goes on from where it stands.',
    retry: 'never',
  });
}
