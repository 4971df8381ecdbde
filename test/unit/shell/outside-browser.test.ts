import { expect, it } from 'vitest';
import { setupOutsideBrowser } from '../../../electron/shell/outside-browser.ts';

function opening(): { readonly opened: string[]; readonly open: (url: string) => Promise<void> } {
  const opened: string[] = [];
  return { opened, open: setupOutsideBrowser({ openExternal: async (url) => void opened.push(url) }) };
}

it.each(['https://id.example/login?a=b', 'http://127.0.0.1:4000/x'])('opens %s outside', async (url) => {
  const { opened, open } = opening();

  await open(url);

  expect(opened).toEqual([url]);
});

it.each(['file:///bin/sh', 'http://id.example/', 'ms-settings:', 'no address'])(
  'does not open %s',
  async (url) => {
    const { opened, open } = opening();

    await expect(open(url)).rejects.toThrow('no address for a browser');
    expect(opened).toEqual([]);
  },
);
