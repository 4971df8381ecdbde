/** Command lines that go on with recoveries, and what is compared of their results. */
import type { RecoveryResult } from '../../shared/outcome.ts';
import { readJournalFile } from './journal-file.ts';
import type { PracticeDesk } from './practice-desk.ts';
import type { TerminalRun } from './terminal.ts';

const STACK = /\n\s+at /;

/** The command line that goes on with the newest recovery of the data folder. */
export function resumeArgs(
  desk: PracticeDesk,
  data: string,
  passphraseFile: string | null,
  ...more: readonly string[]
): readonly string[] {
  const { keystore, passphrase } = desk.network.files.operator;
  return [
    'resume',
    readJournalFile(data).recovery.id,
    '--json',
    '--keystore',
    keystore,
    '--passphrase-file',
    passphrase,
    '--data',
    data,
    ...(passphraseFile === null ? [] : ['--replacement-passphrase-file', passphraseFile]),
    ...more,
  ];
}

/** The result that a run printed, and no stack trace beside it. */
export function resultOf(run: TerminalRun): RecoveryResult {
  if (STACK.test(run.stderr)) throw new Error(`a stack trace on stderr:\n${run.stderr}`);
  const document = JSON.parse(run.stdout) as RecoveryResult & { readonly error?: unknown };
  if (document.error !== undefined || document.status === undefined) throw new Error(run.stdout);
  return document;
}

export interface Comparable {
  readonly status: string;
  readonly tokens: RecoveryResult['tokens'];
  readonly phases: readonly {
    readonly name: string;
    readonly status: string;
    readonly reason: string | null;
  }[];
  readonly followUps: readonly string[];
}

/** A result without ids, times, hashes and addresses of new wallets. */
export function comparable(result: RecoveryResult): Comparable {
  return {
    status: result.status,
    tokens: result.tokens,
    phases: result.phases.map(({ name, status, reason }) => ({ name, status, reason: reason ?? null })),
    followUps: result.followUps.map(({ code }) => code),
  };
}

/** The replacement wallet of the newest recovery of the data folder. */
export function replacementIn(data: string): string {
  const step = readJournalFile(data).steps.find(({ phase }) => phase === 'create_wallet');
  const address = step?.name.split(':')[1];
  if (address === undefined) throw new Error('the journal names no replacement');
  return address;
}
