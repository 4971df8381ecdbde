/**
 * Questions and answers between this process and a helper program: numbered JSON messages, over whatever channel the
 * runtime has.
 */
import { z } from 'zod';
import type { Json } from '../../shared/canonical.ts';
import type { ChildProgram } from './needs.ts';

export interface Question {
  readonly number: number;
  readonly message: Json;
}

/** How a runtime reaches one child. */
export interface Wire {
  send(question: Question): void;
  /** Ends the child at once. */
  kill(): void;
}

/** The conversation, and what the runtime tells it. */
export interface Conversation {
  readonly program: ChildProgram;
  /** A message came from the child. One that is no answer to a question is dropped. */
  received(message: unknown): void;
  /** The child is gone, or was never there. */
  gone(): void;
}

const answerSchema = z.strictObject({ number: z.int(), answer: z.json() });

/** The child ended before it answered. Says nothing of what was asked. */
export class ProgramEnded extends Error {
  override readonly name = 'ProgramEnded';
}

export function converse(wire: Wire): Conversation {
  const waiting = new Map<number, PromiseWithResolvers<Json>>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let asked = 0;
  let alive = true;

  const gone = () => {
    if (!alive) return;
    alive = false;
    for (const { reject } of waiting.values()) reject(new ProgramEnded('the helper program has ended'));
    waiting.clear();
    end();
  };

  return {
    program: {
      ended,
      ask: async (message) => {
        if (!alive) throw new ProgramEnded('the helper program has ended');
        asked += 1;
        const number = asked;
        const answer = Promise.withResolvers<Json>();
        waiting.set(number, answer);
        wire.send({ number, message });
        return answer.promise;
      },
      end: () => {
        if (alive) wire.kill();
      },
    },
    received: (message) => {
      const parsed = answerSchema.safeParse(message);
      if (!parsed.success) return;
      waiting.get(parsed.data.number)?.resolve(parsed.data.answer);
      waiting.delete(parsed.data.number);
    },
    gone,
  };
}
