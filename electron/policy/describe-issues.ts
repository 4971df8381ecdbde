/** Turns what zod found wrong with a file into one plain line per key. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  object: 'an object in curly brackets',
};

function quoted(path: readonly PropertyKey[]): string {
  const name = path.map(String).join('.');
  return name === '' ? 'the file' : `"${name}"`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ');
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const small = issue.code === 'too_small';
  const limit = small ? issue.minimum : issue.maximum;
  const exclusive = issue.inclusive === false;
  const words = small ? (exclusive ? 'more than' : 'at least') : exclusive ? 'less than' : 'at most';
  const unit = issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : '';
  return `must ${unit === '' ? 'be' : 'have'} ${words} ${limit}${unit}`;
}

function oneLine(root: unknown, issue: Issue): string {
  const name = quoted(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const where = issue.path.length === 0 ? '' : ` inside ${name}`;
    return issue.keys.map((key) => `"${key}" is not a known key${where}`).join('; ');
  }
  const value = valueAt(root, issue.path);
  if (issue.path.length > 0 && value === undefined && issue.code !== 'custom') return `${name} is missing`;
  switch (issue.code) {
    case 'invalid_type':
      return `${name} must be ${KINDS[issue.expected] ?? `of kind ${issue.expected}`}`;
    case 'invalid_value':
      return `${name} must be ${list(issue.values)}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `${name} must be ${list(issue.options)}`
        : `${name} must be one of the documented forms`;
    case 'too_small':
    case 'too_big':
      return `${name} ${bound(issue)}`;
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return `${name} ${issue.message}`;
  }
}

/** One line per fault, each naming its key and what it should be. `root` is the value that was checked. */
export function describeIssues(root: unknown, error: z.ZodError): string {
  return error.issues.map((issue) => oneLine(root, issue)).join('; ');
}
