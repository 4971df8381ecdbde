import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { setupDiagnostics } from '../../../electron/shell/diagnostics.ts';

describe('what is written for whoever looks after the machine', () => {
  it('is a line each', () => {
    const stderr = new PassThrough();
    const write = setupDiagnostics(stderr as unknown as NodeJS.WriteStream);

    write('one');
    write('two');

    expect(stderr.read()).toEqual(Buffer.from('one\ntwo\n'));
  });

  it('ends nothing where the terminal is gone', () => {
    const stderr = new PassThrough();
    setupDiagnostics(stderr as unknown as NodeJS.WriteStream);

    expect(() => stderr.emit('error', new Error('EPIPE'))).not.toThrow();
  });
});
