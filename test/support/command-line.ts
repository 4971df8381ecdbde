/** Command lines of the terminal, and what tests ask of their answers. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { ErrorCode, Retry } from '../../shared/errors.ts';
import type { Preview } from '../../shared/preview.ts';
import { previewSchema } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { sentBy } from './practice-acts.ts';
import { terminal } from './terminal.ts';
import type { TerminalRun } from './terminal.ts';

const STACK = /\n\s+at /;

export interface PrintedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly retry: Retry;
}

/** The one document on stdout; everything that must hold of any run is held here. */
export function documentOf(run: TerminalRun): Record<string, unknown> {
  expect(run.stderr).not.toMatch(STACK);
  expect(run.stdout + run.stderr).not.toContain(practiceKey('operator').slice(2));
  expect(run.stdout + run.stderr).not.toContain('practice-passphrase');
  const document: unknown = JSON.parse(run.stdout);
  if (typeof document !== 'object' || document === null) throw new TypeError('no document on stdout');
  return { ...document };
}

/** The error that a run with `--json` printed, after checking its form. */
export function errorOf(run: TerminalRun): PrintedError {
  const document = documentOf(run);
  expect(Object.keys(document)).toEqual(['error']);
  const error = document['error'] as PrintedError;
  expect(Object.keys(error).toSorted()).toEqual(['code', 'message', 'remedy', 'retry']);
  expect(error.message).not.toBe('');
  expect(error.remedy).not.toBe('');
  expect(run.stderr).toContain(error.code);
  return error;
}

/** The preview and digest that a run with `--json` printed. */
export function previewOf(run: TerminalRun): { readonly preview: Preview; readonly digest: Hex } {
  const document = documentOf(run);
  if (document['error'] !== undefined) throw new Error(JSON.stringify(document['error']));
  return { preview: previewSchema.parse(document['preview']), digest: document['digest'] as Hex };
}

export function codesOf(notes: readonly { readonly code: string }[]): readonly string[] {
  return notes.map((note) => note.code);
}

/** `preview --json` on the practice network, by the operator. Later options win. */
export function previewArgs(desk: PracticeDesk, data: string, ...more: readonly string[]): readonly string[] {
  return [
    'preview',
    '--json',
    '--network',
    desk.network.files.network,
    '--operator',
    practiceAddress('operator'),
    '--data',
    data,
    ...more,
  ];
}

/** A profile file that differs from the practice network's in the given keys; undefined leaves a key out. */
export function profileFile(desk: PracticeDesk, over: Readonly<Record<string, unknown>>): string {
  const file = path.join(desk.freshData(), 'network.json');
  writeFileSync(file, JSON.stringify({ ...desk.network.profile, ...over }));
  return file;
}

/** A policy in a data folder. */
export function writePolicy(data: string, policy: object): void {
  writeFileSync(path.join(data, 'policy.json'), JSON.stringify(policy));
}

/** Runs, and holds the run to have sent nothing and to have opened no recovery. */
export async function withoutEffect(
  desk: PracticeDesk,
  data: string,
  run: () => Promise<TerminalRun>,
): Promise<TerminalRun> {
  const before = await sentBy(desk.provider, practiceAddress('operator'));
  const result = await run();
  expect(await sentBy(desk.provider, practiceAddress('operator'))).toBe(before);
  const listed = await terminal(['list', '--json', '--data', data]);
  expect(JSON.parse(listed.stdout)).toEqual([]);
  return result;
}
