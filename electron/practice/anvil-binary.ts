/** Where the practice node's program lies: it comes with the project's packages, one per platform. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { practiceUnavailable } from './practice-failure.ts';

const PLATFORMS: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-amd64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-amd64',
  'win32-x64': 'win32-amd64',
};

/** The path of anvil for this machine. @throws DeskError PRACTICE_UNAVAILABLE where there is none. */
export function findAnvil(platform: string = process.platform, arch: string = process.arch): string {
  const name = PLATFORMS[`${platform}-${arch}`];
  if (name === undefined) {
    throw practiceUnavailable(
      `The practice network does not run on this kind of machine (${platform}, ${arch}).`,
      'Use a machine with Windows or macOS or Linux on a common 64-bit processor. Real networks work here.',
    );
  }
  try {
    const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${name}/package.json`);
    const file = path.join(path.dirname(manifest), 'bin', platform === 'win32' ? 'anvil.exe' : 'anvil');
    if (existsSync(file)) return file;
    throw new Error(`no file ${file}`);
  } catch (cause) {
    throw practiceUnavailable(
      'The practice network cannot start: the program of its node is not installed.',
      'Run `npm ci` in the project folder (with optional packages), then try again.',
      cause,
    );
  }
}
