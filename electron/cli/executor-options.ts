/** The options that say who executes, of every command that signs. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { DeskError } from '../../shared/errors.ts';
import type { ExecutorChoice } from './executor.ts';
import type { PassphraseSource } from './given-passphrase.ts';

export interface ExecutorOptions {
  readonly operator?: string;
  readonly keystore?: string;
  readonly passphraseFile?: string;
  readonly passphraseFd?: number;
}

export function executorOptions(command: Command): Command {
  return command
    .option('--operator <name>', 'who executes: an operator of the data folder, who signs in for it')
    .option('--keystore <file>', "or a keystore's file (Web3 Secret Storage v3)")
    .addOption(passphraseFdOption('passphrase'))
    .option('--passphrase-file <file>', 'with --keystore: a file with its passphrase');
}

/** @param what it holds. */
export function passphraseFdOption(what: string): Option {
  const words = `an open file descriptor with the ${what}, instead of typing it`;
  return new Option('--passphrase-fd <number>', words).argParser(descriptorOf);
}

/** @returns BAD_USAGE, which says that nothing was done. */
export function badUsage(message: string, remedy: string): DeskError {
  return new DeskError('BAD_USAGE', { message: `${message} Nothing was done.`, remedy, retry: 'never' });
}

/** @throws DeskError BAD_USAGE */
export function descriptorOf(text: string): number {
  if (/^\d{1,4}$/u.test(text)) return Number(text);
  throw badUsage(
    `"${text}" is no file descriptor.`,
    'Give the number of an open one, as in: --passphrase-fd 3 3<FILE',
  );
}

/** @throws DeskError BAD_USAGE */
export function executorOf(given: ExecutorOptions): ExecutorChoice {
  const { operator, keystore, passphraseFile } = given;
  if (operator !== undefined && keystore !== undefined) {
    throw badUsage(
      'Both an operator and a keystore were named.',
      'Give either --operator NAME or --keystore FILE.',
    );
  }
  const passphrase = sourceOf(given);
  if (keystore !== undefined) return { kind: 'keystore', file: keystore, passphrase };
  if (operator === undefined) {
    throw badUsage('Nobody was named who executes.', 'Add --operator NAME, or --keystore FILE.');
  }
  if (passphraseFile !== undefined) {
    throw badUsage(
      'An operator’s passphrase is taken from no file.',
      'Leave --passphrase-file out and type it, or give it by --passphrase-fd.',
    );
  }
  return { kind: 'operator', name: operator, passphrase };
}

function sourceOf({ passphraseFile: file, passphraseFd: descriptor }: ExecutorOptions): PassphraseSource {
  if (file !== undefined && descriptor !== undefined) {
    throw badUsage('The passphrase was given twice.', 'Give either --passphrase-fd or --passphrase-file.');
  }
  if (file !== undefined) return { kind: 'file', file };
  return descriptor === undefined ? { kind: 'typed' } : { kind: 'descriptor', descriptor };
}
