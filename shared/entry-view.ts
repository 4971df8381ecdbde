/**
 * What the entry window shows and answers (DESIGN 2.6). It is drawn from what main stored, by main, in a document of its
 * own origin: the desk's page never sees it, and what is typed goes to main alone.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { amountSchema, hash32Schema } from './values.ts';

/** What a field is called in the answer. */
const fieldNameSchema = z.string().regex(/^[a-z][a-zA-Z]{0,39}$/, 'is no name of a field');

export const ENTRY_FIELD_KINDS = [
  'passphrase',
  /** Typed twice; the window compares the two, main checks the strength. */
  'new_passphrase',
  /** A one-time code of six digits, or a recovery code. */
  'code',
  'text',
  /** Several lines, such as a recovery phrase. Treated as a secret. */
  'long_text',
  /** A box that has to be ticked; its value is then `ACKNOWLEDGED`. */
  'acknowledge',
] as const;

export const entryFieldSchema = z.lazy(() =>
  z.strictObject({
    name: fieldNameSchema,
    label: z.string().min(1),
    kind: z.enum(ENTRY_FIELD_KINDS),
    hint: z.string().min(1).nullable(),
    /** Characters that are needed at least. */
    minLength: z.int().positive().nullable(),
    /** Whether it may stay empty. */
    optional: z.boolean(),
  }),
);
export type EntryField = z.output<typeof entryFieldSchema>;

/** A QR code: rows of modules, true for dark, without a quiet zone, which the window draws around it. */
const qrSchema = z.lazy(() =>
  z
    .array(z.array(z.boolean()).readonly())
    .min(21)
    .max(177)
    .readonly()
    .refine((rows) => rows.every((row) => row.length === rows.length), 'is not square'),
);

const confirmSchema = z.lazy(() =>
  z.strictObject({
    kind: z.literal('confirm'),
    person: z.string(),
    ticket: z.string(),
    reason: z.string(),
    network: z.string(),
    chainId: z.int().positive(),
    practice: z.boolean(),
    lostWallet: addressSchema,
    replacementWallet: addressSchema,
    replacementIdentity: addressSchema,
    /** Further lost wallets with their replacements. Left out where there are none. */
    further: z
      .array(
        z.strictObject({
          lostWallet: addressSchema,
          replacementWallet: addressSchema,
          /** Lost before: it goes along its standing link. */
          before: z.boolean(),
        }),
      )
      .min(1)
      .exactOptional(),
    /** The person's wallets that are in their hands, and whether each moves to the replacement identity. */
    healthy: z
      .array(z.strictObject({ wallet: addressSchema, moves: z.boolean() }))
      .min(1)
      .exactOptional(),
    /** Counted by wallet and token. */
    tokens: z.int().nonnegative(),
    /** Of the tokens, those that the preview expects to fail. */
    expectedToFail: z.int().nonnegative(),
    /** What new wallets recover themselves, and wei that they are given for it, which the highest cost has in it. */
    holdersWay: z.strictObject({ tokens: z.array(z.string()).min(1), given: amountSchema }).exactOptional(),
    highestCost: amountSchema,
    digest: hash32Schema,
    /** What is to be typed. */
    text: z.string(),
    /** What the operator shows anew that it is they: a second field, answered as `proof`; null for none. */
    proof: z
      .strictObject({
        kind: z.enum(['passphrase', 'code', 'passphrase_or_code']),
        label: z.string().min(1),
        hint: z.string().min(1).nullable(),
      })
      .nullable(),
  }),
);

const formSchema = z.lazy(() =>
  z.strictObject({
    kind: z.literal('form'),
    title: z.string().min(1),
    /** The words on the button. */
    action: z.string().min(1),
    /** Paragraphs. */
    intro: z.array(z.string()).readonly(),
    /** Names and values. */
    facts: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
    /** Whether it belongs to the practice network, whose mark it then wears. */
    practice: z.boolean(),
    qr: qrSchema.nullable(),
    /** What the person is to keep: recovery codes, a secret. */
    lines: z
      .strictObject({ label: z.string().min(1), values: z.array(z.string()).min(1).readonly() })
      .nullable(),
    /** Whether it can be printed: facts and lines, on a sheet of its own. */
    printable: z.literal(true).exactOptional(),
    fields: z
      .array(entryFieldSchema)
      .readonly()
      .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'has a name twice'),
  }),
);

export const entryViewSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** The typed confirmation of a plan. */
    confirmSchema,
    /** Whatever else is typed. */
    formSchema,
  ]),
);
export type EntryView = z.output<typeof entryViewSchema>;
export type ConfirmView = z.output<typeof confirmSchema>;
export type FormView = z.output<typeof formSchema>;

/** Characters that one field takes at most. */
export const LONGEST_ENTRY = 20_000;
/** The value of a ticked box; one that is not ticked is empty. */
export const ACKNOWLEDGED = 'yes';

/** What was typed, by the name of its field. */
export const entryReplySchema = z.lazy(() => z.strictObject({ values: z.record(z.string(), z.string()) }));

/**
 * By the names of exactly the fields of the view that was shown: a form's own; of a confirmation `typed`, and `proof`
 * where one is asked for.
 *
 * SECURITY: these are strings, which JavaScript cannot overwrite: each lasts until the collector has been by, and may
 * have been copied on its way through the bridge. Whoever takes one turns it into bytes at once, works with these and
 * wipes them; the rest is that the window's process ends with its answer and that nothing keeps the strings.
 */
export type EntryValues = Readonly<Record<string, string>>;

/** Whether what was typed is taken; if not, the window stays open and says why, or draws the next view. */
export type EntryVerdict =
  | { readonly taken: true }
  /** `field`: the name of the one that is not right, where that is known. */
  | { readonly taken: false; readonly message: string; readonly field?: string }
  | { readonly taken: false; readonly next: EntryView };

/** The fields that a view is answered with. */
export function fieldsOf(view: EntryView): readonly EntryField[] {
  if (view.kind === 'form') return view.fields;
  const typed = { name: 'typed', label: 'Confirmation text', kind: 'text', ...PLAIN } as const;
  if (view.proof === null) return [typed];
  const { kind, label, hint } = view.proof;
  return [typed, { name: 'proof', label, kind: kind === 'code' ? 'code' : 'passphrase', ...PLAIN, hint }];
}

const PLAIN = { hint: null, minLength: null, optional: false } as const;
