import { expect, it } from 'vitest';
import { ChromiumWebContents, keepInFront } from '../../../electron/chromium-runtime/web-contents.ts';

function watched() {
  const contents = new ChromiumWebContents({});
  let raised = 0;
  contents.focus = () => void (raised += 1);
  return { contents, raised: () => raised };
}

it('a window comes to the front whenever the one that waits for it gets the focus, as long as it is there', () => {
  const parent = watched();
  const child = watched();
  keepInFront(parent.contents, child.contents);
  parent.contents.emit('focus');
  parent.contents.emit('focus');
  expect(child.raised()).toBe(2);

  child.contents.emit('focus');
  expect(parent.raised()).toBe(0);

  child.contents.emit('destroyed');
  parent.contents.emit('focus');
  expect(child.raised()).toBe(2);
});
