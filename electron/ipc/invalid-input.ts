/** Says what is wrong with an input: where, and what it should be. Never what was entered, for it may be a secret. */
import type { z } from 'zod';
import type { Json } from '../../shared/canonical.ts';
import { DeskError } from '../../shared/errors.ts';

type Issue = z.core.$ZodIssue;

/** Faults told at once; one at a time is read, not a page of them. */
const MOST = 3;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of entries',
};

/** @param faults each a sentence's end: `is too large`, `must be a number`. */
export function inputInvalid(faults: readonly string[]): DeskError {
  const more = faults.length > MOST ? `; and ${faults.length - MOST} more` : '';
  return new DeskError('INPUT_INVALID', {
    message: `What was entered ${faults.slice(0, MOST).join('; ')}${more}. Nothing was done.`,
    remedy: 'Correct what is named, then try again.',
    retry: 'never',
  });
}

/** What a schema found wrong with an input. */
export function inputFaults(input: Json, error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => `${place(issue.path)}${fault(input, issue)}`);
}

/** `under “case › evidence › entry 2” `: every word is one of the contract, for a schema names only what it knows. */
function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  return `under “${path.map(words).join(' › ')}” `;
}

function words(part: PropertyKey): string {
  if (typeof part === 'number') return `entry ${part + 1}`;
  return String(part).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function fault(input: Json, issue: Issue): string {
  if (issue.code !== 'custom' && isAbsent(input, issue.path)) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? 'of another kind'}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `“${String(value)}”`).join(' or ')}`;
    case 'too_small':
      return `must ${measure(issue.origin)} at least ${issue.minimum}`;
    case 'too_big':
      return `must ${measure(issue.origin)} at most ${issue.maximum}`;
    case 'unrecognized_keys':
      return 'holds something that does not belong there';
    case 'custom':
    case 'invalid_format':
      // The words of the contract's own schemas; zod's own are for programmers.
      return /^(is|has) /.test(issue.message) ? issue.message : 'is not in the form that is needed';
    case 'invalid_union':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return 'is not in the form that is needed';
  }
}

function measure(origin: string): string {
  if (origin === 'string') return 'have a length of';
  return origin === 'array' ? 'have a number of entries of' : 'be';
}

function isAbsent(input: Json, path: readonly PropertyKey[]): boolean {
  let value: unknown = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return true;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return false;
}
