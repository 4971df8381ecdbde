/** Whatever the order of signing in and out, locks, calls and repeats: dispatch does what its model says. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DISPATCH_BOUNDS } from '../../../electron/ipc/dispatch.ts';
import { errorViewSchema } from '../../../shared/answer.ts';
import type { Answer } from '../../../shared/answer.ts';
import type { Json } from '../../../shared/canonical.ts';
import { PROCEDURES } from '../../../shared/contract.ts';
import { PROCEDURE_NAMES } from '../../../shared/contract-names.ts';
import type { ProcedureName } from '../../../shared/contract-names.ts';
import { DeskError } from '../../../shared/errors.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';
import { APP_ORIGIN, DESK_PAGE, OUTPUTS, RECOVERY, codeOf, deskDouble, key } from './desk-double.ts';
import type { DeskDouble } from './desk-double.ts';
import { DispatchModel, OUTCOMES } from './dispatch-model.ts';
import type { ModelCall, Outcome } from './dispatch-model.ts';

/** Keys remembered: few, so that running out of them is met too. */
const KEYS = 6;

/** Milliseconds for thousands of calls, on a machine that does other things besides. */
const TIMEOUT = 120_000;

const answerSchema = z.union([
  z.strictObject({ ok: z.literal(true), value: z.json() }),
  z.strictObject({ ok: z.literal(false), error: errorViewSchema }),
]);

/** Calls that were made, and how many of them had an input that parses. */
const made = { calls: 0, parsing: 0, run: 0, repeats: 0 };

interface Real {
  readonly desk: DeskDouble;
  outcome: Outcome;
}

type Step = fc.AsyncCommand<DispatchModel, Real>;

function setting(words: string, apply: (model: DispatchModel, desk: DeskDouble) => void): Step {
  return {
    check: () => true,
    run: async (model, { desk }) => apply(model, desk),
    toString: () => words,
  };
}

function signIn(manager: boolean, custodian: boolean): Step {
  return setting(`sign in (${manager}, ${custodian})`, (model, { rights }) => {
    model.signedIn = rights.isSignedIn = true;
    model.manager = rights.isManager = manager;
    model.custodian = rights.isCustodian = custodian;
    model.began.add(RECOVERY);
    rights.began.add(RECOVERY);
  });
}

const signOut = setting('sign out', (model, { rights }) => {
  model.signedIn = rights.isSignedIn = false;
});

function lock(holder: string | null): Step {
  return setting(`lock (${holder})`, (model, { lock }) => {
    model.holder = lock.holder = holder;
  });
}

/** One call made `times` at once: the later ones find the first under way. */
function asking(call: ModelCall, times: number): Step {
  return {
    check: () => true,
    toString: () => `ask ${times} times ${JSON.stringify(call)}`,
    async run(model, real) {
      real.outcome = call.outcome;
      const runsBefore = real.desk.runs.length;
      const sender = call.ownPage ? DESK_PAGE : { origin: APP_ORIGIN, top: false };
      const under = Array.from({ length: times }, () => real.desk.dispatch(call.name, call.input, sender));
      const answers = await Promise.all(under);

      let runs = 0;
      for (const answer of answers) {
        countCall(call);
        const { code, run } = model.predicts(call);
        expect(codeOf(answer)).toBe(code);
        expect(answerSchema.safeParse(answer).success).toBe(true);
        if (run) {
          runs += 1;
          made.run += 1;
          model.ran(call, answer);
        } else if (code !== 'KEY_USED' && isRepeat(model, call, answer)) made.repeats += 1;
      }
      expect(real.desk.runs.length - runsBefore).toBe(runs);
      expectOnceEach(real.desk);
    },
  };
}

/** A repeat that was let through has the very answer of before. */
function isRepeat(model: DispatchModel, call: ModelCall, answer: Answer<Json>): boolean {
  const before = model.answerBefore(call);
  const refusedNow = ['SENDER_REFUSED', 'LOCKED_ON_RECOVERY', 'RIGHT_MISSING', 'INPUT_INVALID'];
  if (before === undefined || refusedNow.includes(codeOf(answer))) return false;
  expect(answer).toEqual(before);
  return true;
}

function expectOnceEach(desk: DeskDouble): void {
  const keys = desk.runs.flatMap(({ input }) => {
    const { key } = input as { readonly key?: string };
    return key === undefined ? [] : [key.toLowerCase()];
  });
  expect(new Set(keys).size).toBe(keys.length);
}

function countCall({ name, input }: ModelCall): void {
  made.calls += 1;
  const spec = Object.hasOwn(PROCEDURES, name) ? PROCEDURES[name as ProcedureName] : undefined;
  if (spec?.input.safeParse(input).success === true) made.parsing += 1;
}

const someKey = fc.integer({ min: 1, max: KEYS + 3 }).map(key);
const mostly = <T>(usual: T, other: T) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(other) });

/** Inputs of a procedure: keys out of a few, so that they come again, and mostly the one recovery that there is. */
function validInput(name: ProcedureName): fc.Arbitrary<Json> {
  return fc
    .tuple(arbitraryOf(PROCEDURES[name].input), someKey, mostly(RECOVERY, 'R-9999999999'))
    .map(([input, key, recoveryId]) => {
      const entries = { ...(input as { readonly [name: string]: Json }) };
      if ('key' in entries) entries['key'] = key;
      if ('recoveryId' in entries) entries['recoveryId'] = recoveryId;
      return entries;
    });
}

/** An input with one entry gone, of another kind, or too many; or something else altogether. */
function invalidInput(name: ProcedureName): fc.Arbitrary<Json> {
  const spoilt = fc
    .tuple(
      validInput(name),
      fc.nat(),
      fc.constantFrom('drop', 'replace', 'add'),
      fc.jsonValue({ maxDepth: 2 }),
    )
    .map(([input, index, how, value]) => {
      const entries = { ...(input as Record<string, Json>) };
      const names = Object.keys(entries);
      const chosen = names[index % Math.max(names.length, 1)];
      if (how === 'add' || chosen === undefined) entries['more'] = value as Json;
      else if (how === 'drop') delete entries[chosen];
      else entries[chosen] = value as Json;
      return entries;
    });
  return fc.oneof(spoilt, fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
}

const knownCall = fc.constantFrom(...PROCEDURE_NAMES).chain((name) =>
  fc.record({
    name: fc.constant(name),
    input: fc.oneof({ weight: 4, arbitrary: validInput(name) }, { weight: 1, arbitrary: invalidInput(name) }),
    ownPage: mostly(true, false),
    outcome: fc.constantFrom(...OUTCOMES),
  }),
);
const unknownCall = fc.record({
  name: fc.oneof(fc.constantFrom('constructor', '__proto__', 'desk', 'wizard.none'), fc.string()),
  input: fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
  ownPage: mostly(true, false),
  outcome: fc.constantFrom(...OUTCOMES),
});
const call = fc.oneof({ weight: 12, arbitrary: knownCall }, { weight: 1, arbitrary: unknownCall });

/** One input asked for again later in the sequence, with its key, by its own name or by another's. */
const effects = PROCEDURE_NAMES.filter((name) => PROCEDURES[name].effect);
const bare = effects.filter((name) => PROCEDURES[name].input.safeParse({ key: key(1) }).success);
const repeated = fc.record({
  name: fc.constantFrom(...bare),
  input: someKey.map((key): Json => ({ key })),
  ownPage: fc.constant(true),
  outcome: fc.constantFrom(...OUTCOMES),
});

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(mostly(true, false), fc.boolean()).map(([manager, custodian]) => signIn(manager, custodian)),
  fc.constant(signOut),
  mostly<string | null>(null, RECOVERY).map(lock),
  fc.tuple(call, fc.integer({ min: 1, max: 3 })).map(([call, times]) => asking(call, times)),
  fc.tuple(call, fc.integer({ min: 1, max: 2 })).map(([call, times]) => asking(call, times)),
  fc.tuple(repeated, fc.integer({ min: 1, max: 3 })).map(([call, times]) => asking(call, times)),
];

/** Acts as the model was told it would. */
function act(outcome: Outcome, name: ProcedureName): unknown {
  switch (outcome) {
    case 'OK':
      return OUTPUTS[name];
    case 'NOT_CONNECTED':
      throw new DeskError('NOT_CONNECTED', { message: 'm', remedy: 'r', retry: 'safe' });
    case 'INTERNAL':
      throw new Error('a secret');
    case 'OUTPUT_INVALID':
      return { secret: 'a secret' };
  }
}

describe('any sequence of sign-ins, locks, calls and repeats', () => {
  it(
    'goes as the model says: refusals with their code, each key run once, nothing thrown',
    { timeout: TIMEOUT },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async (commands) => {
          const desk = deskDouble({
            bounds: { ...DISPATCH_BOUNDS, intentions: { ...DISPATCH_BOUNDS.intentions, keys: KEYS } },
          });
          const real: Real = { desk, outcome: 'OK' };
          desk.behaviour = (name) => act(real.outcome, name);
          await fc.asyncModelRun(() => ({ model: new DispatchModel(KEYS), real }), commands);
        }),
        // Without a limit a failure is made smaller until the test's time is up, and never told.
        { numRuns: 60, interruptAfterTimeLimit: TIMEOUT / 2 },
      );

      expect(made.calls).toBeGreaterThan(500);
      expect(made.parsing / made.calls).toBeGreaterThanOrEqual(0.5);
      expect(made.run / made.calls).toBeGreaterThan(0.15);
      expect(made.repeats).toBeGreaterThan(20);
    },
  );
});

describe('any garbage', () => {
  it('is refused, or answered where it happens to be right, and never thrown back', async () => {
    const desk = deskDouble();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...PROCEDURE_NAMES), fc.anything()),
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withTypedArray: true,
        }),
        fc.oneof(fc.constant(DESK_PAGE), fc.constant(null)),
        async (name, input, sender) => {
          const answer = await desk.dispatch(name, input, sender);
          expect(answerSchema.safeParse(answer).success).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
