/**
 * The one way a secret leaves on the terminal: to a screen that a person looks at, or to a pipe or device that was
 * opened for it and is named. Never to a file, nor to a pipe or a log that only happened to be there.
 */
import { close, fstat, write } from 'node:fs';
import { promisify } from 'node:util';
import { badUsage } from './executor-options.ts';
import { askSecret } from './prompt.ts';
import type { Terminal } from './prompt.ts';

/** The terminal's second page, which keeps nothing for scrolling back. */
const OTHER_PAGE = '\u001B[?1049h\u001B[H\u001B[2J';
const BACK = '\u001B[2J\u001B[?1049l';

export interface SecretWay {
  /** Gives it out, once. The caller wipes it. */
  give(secret: Uint8Array): Promise<void>;
}

function isScreen({ input, output }: Terminal): boolean {
  return input.isTTY === true && 'isTTY' in output && output.isTTY === true;
}

/**
 * Looks at the way before anything is taken.
 * @param descriptor an open one; null for the screen.
 * @throws DeskError BAD_USAGE
 */
export async function secretWay(terminal: Terminal, descriptor: number | null): Promise<SecretWay> {
  if (descriptor !== null) return byDescriptor(descriptor);
  if (isScreen(terminal)) return { give: (secret) => onScreen(terminal, secret) };
  throw badUsage(
    'There is no screen to show the passphrase on: it would go into a pipe or a file.',
    'Run the command on a terminal, or open a file descriptor for it, as in: --secret-fd 3 3>/dev/usb/lp0',
  );
}

async function byDescriptor(descriptor: number): Promise<SecretWay> {
  const remedy = `Open one for it alone, as in: --secret-fd 3 3>/dev/usb/lp0`;
  // SECURITY: what the shell opened for other words is not taken for secrets.
  if (descriptor < 3)
    throw badUsage(`File descriptor ${descriptor} is not one that was opened for this.`, remedy);
  const stat = await promisify(fstat)(descriptor).catch(() => null);
  if (stat?.isFile() === true) {
    const kept = `File descriptor ${descriptor} is a file, which would keep the passphrase in clear.`;
    throw badUsage(kept, remedy);
  }
  if (stat === null || !(stat.isFIFO() || stat.isSocket() || stat.isCharacterDevice()))
    throw badUsage(`File descriptor ${descriptor} is not open, or none to write to.`, remedy);
  return {
    async give(secret) {
      const line = Buffer.concat([secret, Buffer.from('\n')]);
      try {
        for (let at = 0; at < line.length;) {
          const { bytesWritten } = await promisify(write)(descriptor, line, at);
          at += bytesWritten;
        }
        await promisify(close)(descriptor);
      } finally {
        line.fill(0);
      }
    },
  };
}

async function onScreen(terminal: Terminal, secret: Uint8Array): Promise<void> {
  const { output } = terminal;
  output.write(`${OTHER_PAGE}The passphrase, shown this once:\n\n    `);
  output.write(Buffer.from(secret));
  output.write('\n\nWrite it down for the holder, and seal it. Then this page is cleared.\n');
  try {
    await askSecret(terminal, 'Press Enter when it is written down');
  } finally {
    output.write(BACK);
  }
}
