import { describe, expect, it } from 'vitest';
import { onHand } from '../../../electron/shell/hand.ts';
import { IpcDouble } from './doubles.ts';

const DESK = { origin: 'app://desk', parent: null };
const ENTRY = { origin: 'entry://window', parent: null };

/** How often a message counts as a hand. */
function told(channel: string, senderFrame: unknown): number {
  const ipc = new IpcDouble();
  let hands = 0;
  onHand(ipc, () => (hands += 1));
  ipc.send(channel, { senderFrame });
  return hands;
}

describe('a hand on the desk', () => {
  it('is told by the desk’s window and by the entry window, each on its own channel', () => {
    expect([told('desk:hand', DESK), told('entry:hand', ENTRY)]).toEqual([1, 1]);
  });

  it.each([
    ['desk:hand', 'the entry window', ENTRY],
    ['entry:hand', 'the desk’s window', DESK],
    ['desk:hand', 'a frame within it', { ...DESK, parent: DESK }],
    ['desk:hand', 'another origin', { ...DESK, origin: 'https://example.org' }],
    ['desk:hand', 'an opaque origin', { ...DESK, origin: 'null' }],
    ['desk:hand', 'a frame that is gone', null],
  ])('on %s is not believed to %s', (channel, _who, senderFrame) => {
    expect(told(channel, senderFrame)).toBe(0);
  });
});
