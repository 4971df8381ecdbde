import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../electron/ipc/dispatch.ts';
import type { Sender } from '../../../electron/ipc/needs.ts';
import { DESK_ORIGIN } from '../../../electron/shell/origins.ts';
import { rehearse } from '../../../electron/shell/rehearsal.ts';
import { serveOrigin } from '../../../electron/shell/serve-origin.ts';
import { ASKED_AHEAD } from '../../../shared/asked-ahead.ts';

const DOCUMENT = { type: 'text/html; charset=utf-8', body: '<!doctype html><p>desk', styles: ['p{}'] };

function counted() {
  const asked: string[] = [];
  const serve = serveOrigin(DESK_ORIGIN, (pathname) => {
    asked.push(pathname);
    return pathname === '/' ? DOCUMENT : undefined;
  });
  return { asked, serve };
}

describe('what a page is answered with first', () => {
  it('is gone through once: the document, and what every page asks', async () => {
    const { asked, serve } = counted();
    const questions: [unknown, unknown, Sender | null][] = [];
    await rehearse(serve, async (...question) => void questions.push(question), ASKED_AHEAD);
    expect(asked).toEqual(['/']);
    const page = { origin: DESK_ORIGIN, top: true };
    expect(questions).toEqual([
      ['desk.state', {}, page],
      ['wizard.state', {}, page],
    ]);
  });

  it('is asked for as the desk’s own page would, so that nothing is refused on the way', async () => {
    const codes: string[] = [];
    const no = (): boolean => false;
    const dispatch = createDispatch({
      desk: {
        handlers: {},
        rights: { signedIn: no, identityManager: no, custodian: no, initiatorOf: no, partyOf: no },
        lock: { heldBy: () => null, closed: no },
      },
      appOrigin: DESK_ORIGIN,
      log: { record: ({ name, code }) => void codes.push(`${String(name)} ${code}`) },
    });
    await rehearse(counted().serve, dispatch, ASKED_AHEAD);
    // It came as far as the handler, of which there is none here.
    expect(codes).toEqual(['desk.state INTERNAL', 'wizard.state INTERNAL']);
  });

  it('is left to the page where it fails', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('gone');
    };
    await expect(rehearse(broken, broken, ASKED_AHEAD)).resolves.toBeUndefined();
  });
});
