import { describe, expect, it } from 'vitest';
import { appWindowSwitches, browserSwitches } from '../../../electron/chromium-runtime/browser-switches.ts';

const plain = { profileFolder: '/tmp/profile', headless: false, root: false, testPort: false };

describe('the command line of the browser', () => {
  it.each([
    '--remote-debugging-pipe',
    '--user-data-dir=/tmp/profile',
    '--site-per-process',
    '--disable-extensions',
    '--disable-print-preview',
    '--deny-permission-prompts',
    '--password-store=basic',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=http://127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-domain-reliability',
    '--no-pings',
    '--no-first-run',
    '--test-type',
  ])('has %s', (name) => {
    expect(browserSwitches(plain)).toContain(name);
  });

  it('leaves the sandbox on, unless root has to go without', () => {
    expect(browserSwitches(plain)).not.toContain('--no-sandbox');
    expect(browserSwitches({ ...plain, root: true })).toContain('--no-sandbox');
  });

  it('opens a debugging port only where tests ask for it', () => {
    const ports = (testPort: boolean) =>
      browserSwitches({ ...plain, testPort }).filter((one) => one.startsWith('--remote-debugging-port'));
    expect(ports(false)).toEqual([]);
    expect(ports(true)).toEqual(['--remote-debugging-port=0']);
  });

  it('turns off no protection', () => {
    const all = browserSwitches({ ...plain, headless: true, testPort: true });
    expect(
      all.filter((one) => /disable-web-security|allow-running-insecure|disable-site-isolation/u.test(one)),
    ).toEqual([]);
  });

  it('of a further window is the same, without what drives the browser', () => {
    const switches = appWindowSwitches(plain, { url: 'https://desk-app.invalid/', width: 7, height: 5 });
    expect(switches).toEqual(
      expect.arrayContaining(['--app=https://desk-app.invalid/', '--window-size=7,5']),
    );
    const driving = ['--remote-debugging-pipe', '--no-startup-window'];
    expect(browserSwitches(plain).filter((one) => !switches.includes(one))).toEqual(driving);
  });
});
