import type { Readable, Writable } from 'node:stream';

/** Messages of the DevTools protocol over two pipes: JSON, each ended by a NUL byte. */
export class CdpPipe {
  readonly #out: Writable;
  #parts: Buffer[] = [];

  constructor(input: Readable, output: Writable, receive: (message: unknown) => void, closed: () => void) {
    this.#out = output;
    input.on('data', (chunk: Buffer) => this.#take(chunk, receive));
    input.once('close', closed);
    // A write after the browser's end fails; the end itself is what is acted on.
    output.on('error', () => undefined);
    input.on('error', () => undefined);
  }

  send(message: object): void {
    if (this.#out.writable) this.#out.write(`${JSON.stringify(message)}\0`);
  }

  close(): void {
    this.#out.destroy();
  }

  #take(chunk: Buffer, receive: (message: unknown) => void): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#parts.push(chunk.subarray(start, end));
      const text = this.#taken();
      start = end + 1;
      receive(JSON.parse(text));
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
  }

  /** SECURITY: what is typed into the entry window comes in these bytes. As text it cannot be overwritten. */
  #taken(): string {
    const whole = Buffer.concat(this.#parts);
    const text = whole.toString('utf8');
    for (const bytes of [whole, ...this.#parts]) bytes.fill(0);
    this.#parts = [];
    return text;
  }
}
