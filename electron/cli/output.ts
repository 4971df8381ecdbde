/** Where words go: one JSON document on stdout with `--json`, all else for people on stderr. */
import { plainLines } from '../../shared/plain-text.ts';
import type { DeskError } from '../../shared/errors.ts';

export interface Output {
  readonly json: boolean;
  /** The answer of a command: the document on stdout with `--json`, else the text on stdout. */
  answer(document: unknown, text: string): void;
  /** For people, while things happen: stderr. */
  say(line: string): void;
  error(error: DeskError): void;
}

export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

export function outputTo(streams: Streams, json: boolean): Output {
  // SECURITY: names and refusals come from contracts; an escape sequence in one could redraw what a person reads.
  const say = (line: string): void => void streams.stderr.write(`${plainLines(line)}\n`);
  return {
    json,
    answer: (document, text) =>
      void streams.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${plainLines(text)}\n`),
    say,
    error(error) {
      say(`\nError ${error.code}: ${error.message}`);
      say(`What to do: ${error.remedy}`);
      if (json) streams.stdout.write(`${JSON.stringify({ error: error.toJSON() }, null, 2)}\n`);
    },
  };
}
