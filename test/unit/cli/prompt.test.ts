import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askConfirmation, askNewPassphrase } from '../../../electron/cli/prompt.ts';
import type { Terminal } from '../../../electron/cli/prompt.ts';

interface Keyboard {
  readonly terminal: Terminal;
  readonly stop: AbortController;
  readonly type: (keys: string) => void;
}

function keyboard(isTTY: boolean): Keyboard {
  const stop = new AbortController();
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  output.resume();
  return { terminal: { input, output, signal: stop.signal }, stop, type: (keys) => void input.write(keys) };
}

describe('questions', () => {
  it('answer what was typed', async () => {
    const { terminal, type } = keyboard(true);
    const answer = askConfirmation(terminal, 'RECOVER ABCDEF');
    type('recover abcdef\r');

    expect(await answer).toBe('recover abcdef');
  });

  it('are given up when the process is asked to end', async () => {
    const { terminal, stop } = keyboard(true);
    const answer = askConfirmation(terminal, 'RECOVER ABCDEF');
    stop.abort();

    await expect(answer).rejects.toMatchObject({ code: 'INTERRUPTED', retry: 'safe' });
  });

  it('are not asked when the process was asked to end before', async () => {
    const { terminal, stop } = keyboard(true);
    stop.abort();

    await expect(askConfirmation(terminal, 'RECOVER ABCDEF')).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(askNewPassphrase(terminal, 'a wallet')).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('are never asked where nobody sits', async () => {
    const { terminal } = keyboard(false);

    await expect(askConfirmation(terminal, 'RECOVER ABCDEF')).rejects.toMatchObject({
      code: 'CONFIRMATION_MISSING',
      remedy: 'Give it as --confirm "RECOVER ABCDEF".',
    });
    await expect(askNewPassphrase(terminal, 'a wallet')).rejects.toMatchObject({
      code: 'PASSPHRASE_UNREADABLE',
    });
  });
});
