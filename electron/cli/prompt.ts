/** Questions on the terminal. Never asked where there is none: a script must not hang. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { DeskError } from '../../shared/errors.ts';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

function interrupted(): DeskError {
  return new DeskError('INTERRUPTED', {
    message: 'The question was not answered. Nothing was done.',
    remedy: 'Start the command again when you are ready.',
    retry: 'safe',
  });
}

async function ask(terminal: Terminal, question: string, echo: boolean): Promise<string> {
  // An abort that has passed is not told again: the question would wait for an answer.
  if (terminal.signal.aborted) throw interrupted();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: terminal.input,
    output: echo ? terminal.output : silent,
    terminal: true,
  });
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      lines.close();
      reject(interrupted());
    };
    lines.once('SIGINT', stop);
    terminal.signal.addEventListener('abort', stop, { once: true });
    lines.once('close', () => reject(interrupted()));
    if (!echo) terminal.output.write(question);
    lines.question(echo ? question : '', (answer) => {
      terminal.signal.removeEventListener('abort', stop);
      resolve(answer);
      lines.close();
      if (!echo) terminal.output.write('\n');
    });
  });
}

/** @throws DeskError CONFIRMATION_MISSING without a terminal, INTERRUPTED. */
export async function askConfirmation(terminal: Terminal, text: string): Promise<string> {
  if (terminal.input.isTTY !== true) {
    throw new DeskError('CONFIRMATION_MISSING', {
      message: `There is no terminal to type the confirmation text on. Nothing was done.`,
      remedy: `Give it as --confirm "${text}".`,
      retry: 'safe',
    });
  }
  return ask(terminal, `Type ${text} to go on: `, true);
}

/** Asks for a secret without showing it; there is a terminal. @throws DeskError INTERRUPTED */
export function askSecret(terminal: Terminal, label: string): Promise<string> {
  return ask(terminal, `${label}: `, false);
}

/** Asks for a passphrase without showing it. @throws DeskError PASSPHRASE_UNREADABLE without a terminal. */
export async function askSecretOf(terminal: Terminal, what: string): Promise<Uint8Array> {
  if (terminal.input.isTTY !== true) {
    throw noTerminal(what, 'Give it by a file descriptor, with --passphrase-fd, or in a file.');
  }
  return Buffer.from(await askSecret(terminal, `Passphrase for ${what}`), 'utf8');
}

/** Asks for what a directory lets the desk in with. @throws DeskError PASSPHRASE_UNREADABLE without a terminal. */
export async function askCredentialOf(terminal: Terminal, directory: string): Promise<Uint8Array> {
  if (terminal.input.isTTY !== true) {
    throw noTerminal(`the directory "${directory}"`, 'Give it by a file descriptor, with --passphrase-fd.');
  }
  return Buffer.from(await askSecret(terminal, `Credential for "${directory}"`), 'utf8');
}

function noTerminal(what: string, remedy: string): DeskError {
  return new DeskError('PASSPHRASE_UNREADABLE', {
    message: `There is no terminal to type the passphrase of ${what} on. Nothing was done.`,
    remedy,
    retry: 'safe',
  });
}

/** Asks for a passphrase twice, without showing it. @throws DeskError PASSPHRASE_UNREADABLE without a terminal. */
export async function askNewPassphrase(terminal: Terminal, what: string): Promise<Uint8Array> {
  if (terminal.input.isTTY !== true) {
    throw noTerminal(what, 'Give it in a file, with --replacement-passphrase-file.');
  }
  const first = await askSecret(terminal, `Passphrase for ${what}`);
  const second = await askSecret(terminal, 'The same again');
  if (first === second) return Buffer.from(first, 'utf8');
  throw new DeskError('PASSPHRASE_UNREADABLE', {
    message: 'The two passphrases differ. Nothing was done.',
    remedy: 'Start again and type the same passphrase twice.',
    retry: 'safe',
  });
}
