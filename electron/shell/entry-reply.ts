import {
  ACKNOWLEDGED,
  entryReplySchema,
  fieldsOf,
  LONGEST_ENTRY,
  type EntryField,
  type EntryValues,
  type EntryView,
} from '../../shared/entry-view.ts';

export type EntryReply =
  | { readonly values: EntryValues }
  /** `field`: the name of the one that is not right, where it is one. */
  | { readonly refusal: string; readonly field?: string };

const STRANGE = 'What was sent does not belong to what is shown. Close this window, and begin again.';
const TOO_LONG = 'What you typed is too long to be read.';

/**
 * Reads what the document of the entry window sent for the view that stands.
 * @returns the values of exactly its fields, or in words why they are not passed on. No word of what was typed is in them.
 */
// SECURITY: the document looks at its fields, too, for the person's sake; what counts is this.
export function readEntryReply(view: EntryView, reply: unknown): EntryReply {
  const parsed = entryReplySchema.safeParse(reply);
  if (!parsed.success) return { refusal: STRANGE };
  const { values } = parsed.data;
  const fields = fieldsOf(view);
  const all =
    Object.keys(values).length === fields.length && fields.every(({ name }) => Object.hasOwn(values, name));
  if (!all) return { refusal: STRANGE };
  if (Object.values(values).some((value) => value.length > LONGEST_ENTRY)) return { refusal: TOO_LONG };
  for (const field of fields) {
    const refusal = refusalOf(field, values[field.name] ?? '');
    if (refusal !== null) return { refusal, field: field.name };
  }
  return { values };
}

function refusalOf({ kind, label, minLength, optional }: EntryField, value: string): string | null {
  if (value === '') return optional ? null : `${label}: this is needed.`;
  if (kind === 'acknowledge' && value !== ACKNOWLEDGED) return STRANGE;
  if (minLength === null || Array.from(value).length >= minLength) return null;
  return `${label}: at least ${minLength} characters are needed.`;
}
