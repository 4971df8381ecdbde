// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { runChild } from './child.mjs';
import { progress, timed } from './progress.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name of the Debian package
 * @property {readonly string[]} files any one of these shows that what it gives is there, whoever installed it
 * @property {string} neededFor what will be missing without it, in words for a person
 */

/**
 * What the window, the keychain and their tests need of the system. The terminal needs nothing.
 * @type {readonly SystemPackage[]}
 */
export const systemPackages = [
  {
    name: 'chromium',
    files: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/usr/bin/microsoft-edge',
    ],
    neededFor: "window where Electron's own browser is not at hand, and no tests of it",
  },
  { name: 'xvfb', files: ['/usr/bin/Xvfb'], neededFor: 'tests of the window on a machine without a screen' },
  {
    name: 'xauth',
    files: ['/usr/bin/xauth'],
    neededFor: 'tests of the window on a machine without a screen',
  },
  {
    name: 'libsecret-1-dev',
    files: ['/usr/include/libsecret-1/libsecret/secret.h'],
    neededFor: "operators' keys in the keychain of the operating system",
  },
  {
    name: 'g++',
    files: ['/usr/bin/g++', '/usr/bin/c++'],
    neededFor: "operators' keys in the keychain of the operating system",
  },
  {
    name: 'make',
    files: ['/usr/bin/make'],
    neededFor: "operators' keys in the keychain of the operating system",
  },
  {
    name: 'python3',
    files: ['/usr/bin/python3', '/usr/local/bin/python3'],
    neededFor: "operators' keys in the keychain of the operating system",
  },
  {
    name: 'dbus',
    files: ['/usr/bin/dbus-daemon'],
    neededFor: 'tests of the keychain',
  },
  {
    name: 'gnome-keyring',
    files: ['/usr/bin/gnome-keyring-daemon'],
    neededFor: 'tests of the keychain',
  },
  { name: 'libglib2.0-bin', files: ['/usr/bin/gdbus'], neededFor: 'tests of the keychain' },
  {
    name: 'libusb-1.0-0',
    files: [
      '/usr/lib/x86_64-linux-gnu/libusb-1.0.so.0',
      '/usr/lib/aarch64-linux-gnu/libusb-1.0.so.0',
      '/lib/x86_64-linux-gnu/libusb-1.0.so.0',
      '/lib/aarch64-linux-gnu/libusb-1.0.so.0',
      '/usr/lib64/libusb-1.0.so.0',
      '/usr/lib/libusb-1.0.so.0',
    ],
    neededFor: 'keys on a Ledger, and no tests of the part that talks to it',
  },
];

/**
 * @typedef {object} Host
 * @property {boolean} debian
 * @property {boolean} root
 */

/**
 * @param {readonly SystemPackage[]} wanted
 * @param {(file: string) => boolean} [exists]
 * @returns {SystemPackage[]}
 */
export function missingPackages(wanted, exists = existsSync) {
  return wanted.filter((entry) => !entry.files.some(exists));
}

/**
 * The commands that install packages on Debian, in order.
 * @param {readonly SystemPackage[]} missing
 * @returns {string[][]}
 */
export function installCommands(missing) {
  const names = missing.map((entry) => entry.name);
  return [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...names],
  ];
}

/**
 * What a person is told where set-up may not install packages itself.
 * @param {readonly SystemPackage[]} missing
 * @param {Host} host
 * @returns {string[]}
 */
export function instructions(missing, host) {
  const losses = missing.map((entry) => `without ${entry.name}: no ${entry.neededFor}`);
  const command = installCommands(missing)
    .map((words) => [...(host.root ? [] : ['sudo']), ...words].join(' '))
    .join(' && ');
  const how = host.debian
    ? `system packages are missing; to install them: ${command}`
    : `system packages are missing; install what gives the same as Debian's ${missing.map((entry) => entry.name).join(', ')}`;
  return [how, ...losses, 'going on without them'];
}

/** @returns {Host} */
function thisHost() {
  return { debian: isDebian(), root: process.getuid?.() === 0 };
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(?:_LIKE)?=.*\bdebian\b/mu.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * @typedef {object} InstallParts what the installation touches, replaceable in tests
 * @property {Host} host
 * @property {(file: string) => boolean} exists
 * @property {(command: string, args: string[]) => Promise<number>} run
 * @property {import('./progress.mjs').Log} log
 */

/** @type {() => InstallParts} */
const realParts = () => ({
  host: thisHost(),
  exists: existsSync,
  run: (command, args) =>
    runChild(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }),
  log: progress,
});

/**
 * Installs missing system packages where this user may, and says what to do where not. Never fails:
 * what does not need them goes on.
 * @param {readonly SystemPackage[]} [wanted]
 * @param {() => InstallParts} [parts]
 */
export async function provideSystemPackages(wanted = systemPackages, parts = realParts) {
  if (process.platform !== 'linux') return;
  const { host, exists, run, log } = parts();
  const missing = missingPackages(wanted, exists);
  if (missing.length === 0) return;
  if (host.debian && host.root) {
    await timed(
      `installing system packages: ${missing.map((entry) => entry.name).join(', ')}`,
      () => runInOrder(installCommands(missing), run, log),
      log,
    );
  }
  const left = missingPackages(missing, exists);
  if (left.length > 0) instructions(left, host).forEach(log);
}

/**
 * @param {readonly string[][]} commands
 * @param {InstallParts['run']} run
 * @param {InstallParts['log']} log
 */
async function runInOrder(commands, run, log) {
  for (const [command, ...args] of commands) {
    if (command === undefined) continue;
    const code = await run(command, args).catch(() => 127);
    if (code !== 0) {
      log(`"${[command, ...args].join(' ')}" ended with exit code ${code}`);
      return;
    }
  }
}
