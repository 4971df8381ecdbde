import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawBrowser } from '../../support/raw-browser.ts';
import { FixtureRun, waitFor } from '../../support/runtime-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOME = 'https://desk-app.invalid/index.html';
const folder = temporaryFolder('runtime-refusals');
const calls: string[] = [];
/** A server that every attempt to get out would reach, if it got out. */
const server = createServer((request, response) => {
  calls.push(request.url ?? '');
  response.setHeader('access-control-allow-origin', '*').end('reached');
});
let outside: string;
let run: FixtureRun;
let browser: RawBrowser;
let session: string;

beforeAll(async () => {
  server.on('upgrade', (request, socket) => {
    calls.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  run = new FixtureRun({ folder, environment: { FIXTURE_SUB_FRAMES: '1' } });
  await run.event('ready');
  browser = await RawBrowser.connect(await run.portAddress());
  session = await browser.attach('https://desk-app.invalid/');
});
afterAll(async () => {
  browser.close();
  await run.stop();
  server.close();
});
beforeEach(() => {
  calls.length = 0;
});

const inPage = (script: string) => browser.evaluate(session, script);
const outcome = (promise: string) =>
  inPage(`(${promise}).then(() => 'allowed', (error) => 'refused: ' + error.message)`);

describe('what a page cannot reach', () => {
  it('another server by fetch, not even where its policy lets it try', async () => {
    // The fixture's policy allows connections to https: and wss:, so that the runtime is what refuses.
    expect(await outcome(`fetch('https://${outside}/fetched', { mode: 'no-cors' })`)).toContain('refused');
    expect(await outcome(`fetch('https://example.com/', { mode: 'no-cors' })`)).toContain('refused');
    expect(calls).toEqual([]);
  });

  it('another server by a WebSocket', async () => {
    const attempt = (url: string) =>
      inPage(`new Promise((resolve) => {
        const socket = new WebSocket('${url}');
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      })`);
    expect(await attempt(`wss://${outside}/socket`)).toBe('refused');
    expect(await attempt('wss://example.com/')).toBe('refused');
    expect(calls).toEqual([]);
  });

  it('another server by WebRTC', async () => {
    const candidates = await inPage(`new Promise((resolve) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${outside}' }] });
      const seen = [];
      peer.onicecandidate = ({ candidate }) => candidate && seen.push(candidate.candidate);
      peer.createDataChannel('x');
      peer.createOffer().then((offer) => peer.setLocalDescription(offer));
      setTimeout(() => resolve(seen.filter((one) => / udp /i.test(one))), 1500);
    })`);
    expect(candidates).toEqual([]);
  });

  it('the content of another window', async () => {
    expect(await outcome(`fetch('https://window-entry.invalid/other.html')`)).toContain('refused');
  });

  it('a camera, a place, a notification', async () => {
    expect(await inPage('Notification.requestPermission()')).toBe('denied');
    expect(await outcome(`navigator.mediaDevices.getUserMedia({ video: true })`)).toContain('refused');
    expect(
      await inPage(`new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('given'),
        (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed')))`),
    ).toBe('denied');
  });

  it('a service worker', async () => {
    expect(await outcome(`navigator.serviceWorker.register('/first.mjs')`)).toContain('refused');
  });
});

describe('where a page cannot go', () => {
  it.each(['https://example.com/', 'http://127.0.0.1/', 'https://evil-desk-app.example/'])(
    'to %s: main is asked, and it is refused whatever main says',
    async (url) => {
      const before = run.events.length;
      await inPage(`location.href = ${JSON.stringify(url)}; 0`);
      await run.event('will-navigate', { to: url }, before);
      expect(await inPage('location.href')).toBe(HOME);
    },
  );

  it.each([
    'file:///etc/passwd',
    'data:text/html,hello',
    'chrome://version/',
    'view-source:https://desk-app.invalid/',
  ])('to %s', async (url) => {
    await inPage(`location.href = ${JSON.stringify(url)}; 0`);
    await waitFor('a moment', afterMs(300));
    expect(await inPage('location.href')).toBe(HOME);
  });

  it('to about:blank: it is led back', async () => {
    await inPage(`window.stale = true; location.href = 'about:blank'; 0`);
    await waitFor('the way back', afterMs(500));
    expect(await inPage('location.href + typeof stale + typeof desk')).toBe(`${HOME}undefinedobject`);
  });

  it('to where main prevents it', async () => {
    await inPage(`location.href = '/forbidden.html'; 0`);
    await run.event('will-navigate', { to: 'app://desk/forbidden.html' });
    expect(await inPage('location.href')).toBe(HOME);
  });

  it('to another window of its own', async () => {
    await inPage(`window.open('https://desk-app.invalid/other.html'); 0`);
    expect(await run.event('window-open')).toMatchObject({ url: 'app://desk/other.html' });
    await waitFor('the popup to go', afterMs(300));
    const pages = (await browser.targets()).filter(({ type }) => type === 'page');
    expect(pages).toHaveLength(1);
  });

  it('out of the application by a redirect, while one within it works', async () => {
    expect(await inPage(`fetch('/moved').then((answer) => answer.url)`)).toBe(
      'https://desk-app.invalid/other.html',
    );
  });
});

describe('what holds in the page', () => {
  it('is the policy in the headers of main', async () => {
    const broken = inPage(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.inline = true';
      document.head.append(script);
    })`);
    expect(await broken).toBe('script-src-elem');
    expect(await inPage('typeof inline')).toBe('undefined');
  });

  it('is that each window has a process of its own', async () => {
    run.order({ do: 'open', name: 'entry', url: 'entry://window/other.html' });
    await run.event('opened', { name: 'entry', url: 'entry://window/other.html' });
    const entry = await browser.attach('https://window-entry.invalid/');
    expect(await browser.evaluate(entry, `desk.invoke('sender')`)).toMatchObject({
      contents: 2,
      frame: { url: 'entry://window/other.html', origin: 'entry://window', top: true },
    });
    await inPage('globalThis.before = true');
    // Never answered: there is nobody left to.
    browser.send('Page.crash', {}, entry).catch(() => undefined);
    await run.event('render-process-gone');
    expect(await inPage('before')).toBe(true);
  });

  it('is that a frame below the top is told apart', async () => {
    const sender = await inPage(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = '/other.html';
      frame.onload = () => resolve(frame.contentWindow.desk.invoke('sender'));
      document.body.append(frame);
    })`);
    expect(sender).toMatchObject({
      frame: { url: 'app://desk/other.html', origin: 'app://desk', top: false },
    });
  });

  it('is that a sandboxed frame, which has a process of its own, gets no API', async () => {
    const told = await inPage(`new Promise((resolve) => {
      window.addEventListener('message', (event) => resolve([event.origin, event.data]));
      const frame = document.createElement('iframe');
      frame.sandbox = 'allow-scripts';
      frame.src = '/tells.html';
      document.body.append(frame);
    })`);
    expect(told).toEqual(['null', 'undefined']);
  });
});

function afterMs(ms: number): () => true | undefined {
  const end = Date.now() + ms;
  return () => (Date.now() >= end ? true : undefined);
}
