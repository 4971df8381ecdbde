/** What a taken-over page may send: any call, most of them well formed and about what is really there. */
import * as fc from 'fast-check';
import type { Json } from '../../shared/canonical.ts';
import { PROCEDURES } from '../../shared/contract.ts';
import { PROCEDURE_NAMES } from '../../shared/contract-names.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import { arbitraryOf } from '../unit/ipc/arbitrary-of-schema.ts';
import { key } from '../unit/ipc/desk-double.ts';

/** What a page knows of the desk when it sends. */
export interface Known {
  readonly planDigest: string;
  readonly previewDigest: string;
  readonly recoveryId: string;
  readonly operatorIds: readonly string[];
  readonly networkIds: readonly string[];
  /** The person whom the plan is for, and others. */
  readonly participantIds: readonly string[];
  /** What names the record of each. */
  readonly records: readonly string[];
  readonly wallet: string;
}

export interface PageCall {
  readonly name: string;
  /** The input, with what the page knows at that moment. */
  input(known: Known): Json;
  /** Whether it comes from the desk's own top frame. */
  readonly ownPage: boolean;
}

type Entries = Record<string, Json>;

/** A network is left and set up in seconds: met now and then, or there would be time for little else. */
const SLOW: ReadonlySet<ProcedureName> = new Set([
  'practice.open',
  'practice.close',
  'networks.choose',
  'networks.reconnect',
  'networks.check',
]);
/** These read a whole preview of the chain. */
const READING: ReadonlySet<ProcedureName> = new Set(['wizard.refresh', 'operator.rights']);
/** By these the page loses what it could work on, until the person comes back. */
const LOSING: ReadonlySet<ProcedureName> = new Set([
  ...(['operator.lock', 'operator.signOut', 'networks.remove'] as const),
  ...(['wizard.leave', 'wizard.back', 'wizard.begin', 'wizard.setCase'] as const),
]);
/** What would do harm, were it taken. */
const TEMPTING: ReadonlySet<ProcedureName> = new Set([
  'wizard.confirm',
  'wizard.chooseReplacement',
  'recovery.resume',
  'recovery.confirmPart',
  'operator.exportKey',
  'operator.unlock',
  'participants.edit',
  'participants.releaseSignIn',
]);

function weightOf(name: ProcedureName): number {
  if (SLOW.has(name)) return 1;
  if (LOSING.has(name)) return 3;
  if (READING.has(name)) return 8;
  return TEMPTING.has(name) ? 120 : 40;
}

function pickedFrom(values: readonly string[], pick: number): string {
  return values[pick % values.length] ?? '';
}

/** Puts what is there in place of what was made up, where the procedure takes such a thing. */
function aboutWhatIsThere(name: string, made: Entries, known: Known, pick: number): Entries {
  const entries = { ...made };
  const put = (entry: string, value: string): void => {
    if (entry in entries) entries[entry] = value;
  };
  put('planDigest', known.planDigest);
  put('digest', pickedFrom([known.previewDigest, known.planDigest], pick));
  put('recoveryId', known.recoveryId);
  put('operatorId', pickedFrom(known.operatorIds, pick));
  put('id', pickedFrom(name.startsWith('participants.') ? known.participantIds : known.networkIds, pick));
  put('record', pickedFrom(known.records, pick));
  put('participantId', known.participantIds[0] ?? '');
  if (entries['wallet'] !== null) put('wallet', known.wallet);
  if (entries['custodian'] !== null) put('custodian', pickedFrom(known.operatorIds, pick));
  return entries;
}

/** With an entry gone, of another kind, or too many. */
function spoilt(entries: Entries, pick: number, value: Json): Entries {
  const names = Object.keys(entries);
  const name = names[pick % Math.max(names.length, 1)];
  if (name === undefined || pick % 3 === 0) return { ...entries, more: value };
  const { [name]: _gone, ...rest } = entries;
  return pick % 3 === 1 ? rest : { ...rest, [name]: value };
}

function callOf(name: ProcedureName): fc.Arbitrary<PageCall> {
  return fc
    .record({
      made: arbitraryOf(PROCEDURES[name].input),
      pick: fc.nat({ max: 1_000 }),
      // Mostly new intentions; some come again, also by another name.
      key: fc.nat({ max: 200_000 }).map((seed) => key(1 + seed)),
      there: fc.integer({ min: 1, max: 10 }),
      wrong: fc.integer({ min: 1, max: 10 }),
      value: fc.jsonValue({ maxDepth: 2 }),
      frame: fc.integer({ min: 1, max: 20 }),
    })
    .map(({ made, pick, key: intention, there, wrong, value, frame }) => ({
      name,
      ownPage: frame > 1,
      input(known: Known): Json {
        const plain = { ...(made as Entries) };
        if ('key' in plain) plain['key'] = intention;
        const entries = there > 2 ? aboutWhatIsThere(name, plain, known, pick) : plain;
        return wrong > 2 ? entries : spoilt(entries, pick, value as Json);
      },
    }));
}

const unknownCall: fc.Arbitrary<PageCall> = fc
  .record({
    name: fc.oneof(fc.constantFrom('constructor', '__proto__', 'operator.sign', 'wizard.sign'), fc.string()),
    value: fc.jsonValue({ maxDepth: 1 }),
  })
  .map(({ name, value }) => ({ name, ownPage: true, input: () => value as Json }));

/** Any call. */
export const pageCall: fc.Arbitrary<PageCall> = fc.oneof(
  ...PROCEDURE_NAMES.map((name) => ({ weight: weightOf(name), arbitrary: callOf(name) })),
  { weight: 60, arbitrary: unknownCall },
);

export function isWellFormed({ name, ownPage }: PageCall, input: Json): boolean {
  const spec = Object.hasOwn(PROCEDURES, name) ? PROCEDURES[name as ProcedureName] : undefined;
  return ownPage && spec?.input.safeParse(input).success === true;
}
