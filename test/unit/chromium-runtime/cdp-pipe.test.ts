import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { CdpPipe } from '../../../electron/chromium-runtime/cdp-pipe.ts';

/** What a person types into the entry window comes to main in these bytes. */
it('overwrites the bytes of what it has received, also of what came in parts', () => {
  const input = new PassThrough();
  const received: unknown[] = [];
  const pipe = new CdpPipe(
    input,
    new PassThrough(),
    (message) => received.push(message),
    () => undefined,
  );
  const chunks = ['{"typed":"a pass', 'phrase"}\0{"typed":', '"another"}\0'].map((text) => Buffer.from(text));

  for (const chunk of chunks) input.emit('data', chunk);

  expect(received).toEqual([{ typed: 'a passphrase' }, { typed: 'another' }]);
  expect(chunks.map((chunk) => chunk.toString('latin1').replaceAll('\0', ''))).toEqual(['', '', '']);
  pipe.close();
});
