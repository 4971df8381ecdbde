import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserWindow } from '../../../electron/chromium-runtime/browser-window.ts';
import type { PageTarget } from '../../../electron/chromium-runtime/page-target.ts';

/** A window on a page whose process never answers, and how often the page was closed without being asked. */
function silentWindow() {
  const window = new BrowserWindow();
  const page = {
    frames: { mainContext: undefined },
    session: { tell: () => undefined },
    tell: () => new Promise(() => undefined),
  } as unknown as PageTarget;
  vi.spyOn(window.webContents, 'page', 'get').mockReturnValue(page);
  const closedNow = vi.spyOn(window.webContents, 'closeNow').mockReturnValue();
  return { window, closedNow };
}

/** Its document refuses to go. @returns whether it goes all the same. */
function refuse(window: BrowserWindow): unknown {
  const answers: boolean[] = [];
  window.webContents.emit('leaving', (leave: boolean) => answers.push(leave));
  return answers[0];
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a window that main closes', () => {
  it('is closed without its page when that gives no answer', () => {
    const { window, closedNow } = silentWindow();
    window.close();
    expect(closedNow).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(closedNow).toHaveBeenCalledTimes(1);
  });

  it('is not closed late when its page has refused', () => {
    const { window, closedNow } = silentWindow();
    window.close();
    expect(refuse(window)).toBe(false);
    vi.runAllTimers();
    expect(closedNow).not.toHaveBeenCalled();
  });

  it('is closed late when its page has refused, but main overlooks that', () => {
    const { window, closedNow } = silentWindow();
    window.webContents.on('will-prevent-unload', (event: { preventDefault(): void }) =>
      event.preventDefault(),
    );
    window.close();
    expect(refuse(window)).toBe(true);
    vi.runAllTimers();
    expect(closedNow).toHaveBeenCalledTimes(1);
  });

  it('is not closed late when main thinks better of it', () => {
    const { window, closedNow } = silentWindow();
    window.close();
    window.on('close', (event: { preventDefault(): void }) => event.preventDefault());
    window.close();
    vi.runAllTimers();
    expect(closedNow).not.toHaveBeenCalled();
  });

  it('is not closed a second time when it is gone', () => {
    const { window, closedNow } = silentWindow();
    window.close();
    window.webContents.emit('destroyed');
    vi.runAllTimers();
    expect(closedNow).not.toHaveBeenCalled();
  });
});
