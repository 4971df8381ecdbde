import { afterEach, describe, expect, it, vi } from 'vitest';
import { call } from '../../../renderer/desk.ts';

const REFUSAL = { code: 'RIGHT_MISSING', message: 'No.', remedy: 'Sign in.', retry: 'never' };

function answering(answer: () => Promise<unknown>): void {
  vi.stubGlobal('window', { desk: { invoke: answer } });
}

afterEach(() => vi.unstubAllGlobals());

describe('the client of main', () => {
  it('hands on a value and a refusal as main gave them', async () => {
    answering(async () => ({ ok: true, value: { step: 'none' } }));
    expect(await call('wizard.state', {})).toEqual({ ok: true, value: { step: 'none' } });

    answering(async () => ({ ok: false, error: REFUSAL }));
    expect(await call('wizard.state', {})).toEqual({ ok: false, error: REFUSAL });
  });

  it.each([
    ['a bridge that fails', async () => await Promise.reject(new Error('gone'))],
    ['nothing', async () => undefined],
    ['a text', async () => 'ok'],
    ['an answer without a value', async () => ({ ok: true })],
    ['an error without words', async () => ({ ok: false, error: { code: 'RIGHT_MISSING' } })],
  ])('turns %s into an error that a person can read, and never throws', async (_, answer) => {
    answering(answer);

    const answered = await call('wizard.state', {});

    expect(answered).toMatchObject({ ok: false, error: { code: 'INTERNAL', retry: 'unsafe' } });
  });
});
