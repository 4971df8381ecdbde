/** The helper program's end of the conversation: a utility process of Electron, or a child process of Node. */
import { z } from 'zod';
import type { Json } from '../../shared/canonical.ts';

/** What Electron puts on `process` of a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: Json): void;
}

const questionSchema = z.lazy(() => z.strictObject({ number: z.int(), message: z.json() }));

/** Answers every question that comes in. One that fails ends the program, which its parent sees. */
export function answerQuestions(answer: (message: Json) => Promise<Json>): void {
  const channel = electronChannel() ?? nodeChannel();
  channel.listen((incoming) => {
    const question = questionSchema.safeParse(incoming);
    if (!question.success) return;
    const { number, message } = question.data;
    void answer(message).then((given) => channel.send({ number, answer: given }));
  });
}

interface Channel {
  listen(listener: (message: unknown) => void): void;
  send(message: Json): void;
}

function electronChannel(): Channel | null {
  // Typed by hand: the room of operators knows nothing of Electron.
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort === undefined) return null;
  return {
    listen: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a process, not to a window
    send: (message) => parentPort.postMessage(message),
  };
}

function nodeChannel(): Channel {
  // Without its parent it has nothing to do, and an exit in order would wait for a keychain that hangs.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  return {
    listen: (listener) => void process.on('message', listener),
    send: (message) => void process.send?.(message),
  };
}
