/** Operators of a data folder who work in the terminal: set up as the desk does it, and real processes that sign in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openRecords } from '../../electron/records.ts';
import { failed } from '../../electron/operator/attempts.ts';
import type { OperatorDraft } from '../../electron/operator/create-operator.ts';
import { PRACTICE_SCRYPT_N } from '../../electron/operator/new-keystore.ts';
import { nodeChildPrograms } from '../../electron/operator/node-child-programs.ts';
import { operatorsOfFolder } from '../../electron/operator/operators-of-folder.ts';
import type { Operators } from '../../electron/operator/operators.ts';
import { practiceKey } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { NO_ATTEMPTS } from '../../electron/store/operator-rows.ts';
import type { Operator } from '../../shared/operator.ts';
import { COMPILED } from './desk-process.ts';
import type { ProcessRun } from './desk-process.ts';
import { BUILT } from './keychain-desk.ts';
import type { PracticeDesk } from './practice-desk.ts';

const MAIN = path.join(import.meta.dirname, '..', '..', 'electron', 'cli', 'main.ts');
/** As it is built, with the helper programs beside it. */
export const BUILT_MAIN = path.join(BUILT, 'cli.js');

export const PASSPHRASE = 'seven grey herons wade';

/** Works with the operators of a data folder while nothing else has it. */
export async function withOperators<T>(
  data: string,
  work: (operators: Operators) => Promise<T>,
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const records = openRecords(data);
  try {
    const policy = { ...records.policy, allowVaultWithoutKeychain: true };
    return await work(
      operatorsOfFolder(records, nodeChildPrograms(BUILT, environment), policy, PRACTICE_SCRYPT_N),
    );
  } finally {
    records.close();
  }
}

/** An operator with the key of a practice role, which opens with the passphrase alone. */
export function draftOf(name: string, role: string, over: Partial<OperatorDraft> = {}): OperatorDraft {
  return {
    name,
    signIn: { kind: 'passphrase', passphrase: Buffer.from(PASSPHRASE), codes: null },
    credential: { kind: 'keystore', privateKey: Buffer.from(practiceKey(role).slice(2), 'hex') },
    wrapping: 'passphrase',
    ...over,
  };
}

/** Sets an operator up. */
export async function setUp(data: string, draft: OperatorDraft): Promise<Operator> {
  return withOperators(data, async (operators) => (await operators.create(draft)).operator);
}

/** Where the wrong attempts of an operator stand. */
export function attemptsOf(data: string, name: string) {
  const records = openRecords(data);
  try {
    return records.operators.find(name)?.attempts;
  } finally {
    records.close();
  }
}

/** One more wrong attempt, just now, after which there were so many in a row. */
export function failedAgain(data: string, name: string, failures: number): void {
  const records = openRecords(data);
  try {
    const id = records.operators.find(name)?.operator.id ?? '';
    const attempts = failed({ ...NO_ATTEMPTS, failures }, new Date());
    records.operators.saveFailure(id, attempts, 'PASSPHRASE_WRONG');
  } finally {
    records.close();
  }
}

/** The command line that recovers a person, with nobody named who executes. */
export function unsignedArgs(desk: PracticeDesk, person: SeededPerson, data: string): readonly string[] {
  const args = [...desk.recoverArgs(person, data)];
  for (const option of ['--keystore', '--passphrase-file']) args.splice(args.indexOf(option), 2);
  return args;
}

/** Kinds of the audit entries about operators, with how. */
export function operatorAudit(data: string): readonly string[] {
  const records = openRecords(data);
  try {
    return records.audit
      .entries(0, 1000)
      .filter(({ kind }) => kind.startsWith('operator_'))
      .map(({ kind, fields }) => {
        const { how, reason } = JSON.parse(fields) as { how?: string; reason?: string };
        return [kind, how ?? reason].filter((part) => part !== undefined).join(' ');
      });
  } finally {
    records.close();
  }
}

export interface SignInRun {
  /** Given on descriptor 3; without it that is closed. */
  readonly passphrase?: string | Buffer;
  readonly entry?: string;
  /** The descriptor that it is given on, 3 where none is named. */
  readonly descriptor?: number;
  /** Instead of this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command line in the real entry; there is no terminal to ask on. */
export async function terminalProcess(argv: readonly string[], options: SignInRun = {}): Promise<ProcessRun> {
  const { passphrase, entry = MAIN, environment = process.env, descriptor = 3 } = options;
  const others = Array.from({ length: Math.max(0, descriptor - 2) }, (_, at) =>
    passphrase !== undefined && at + 3 === descriptor ? 'pipe' : 'ignore',
  );
  const child = spawn(process.execPath, ['--disable-sigusr1', entry, ...argv], {
    stdio: [passphrase !== undefined && descriptor === 0 ? 'pipe' : 'ignore', 'pipe', 'pipe', ...others],
    env: { ...environment, NODE_COMPILE_CACHE: COMPILED },
  });
  if (passphrase !== undefined) {
    const pipe = child.stdio[descriptor] as Writable;
    // A process that ends without having read it closes its end.
    pipe.on('error', () => undefined);
    pipe.end(passphrase);
  }
  const { stdout: out, stderr: errors } = child;
  if (out === null || errors === null) throw new Error('the process has no output');
  const [[code, signal], stdout, stderr] = await Promise.all([once(child, 'exit'), text(out), text(errors)]);
  return {
    code: typeof code === 'number' ? code : -1,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  };
}
