/** Whatever a taken-over page asks, in whatever order: a person's decisions stay a person's (DESIGN 2.3, 2.6). */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TakenOverDesk } from '../../support/taken-over-desk.ts';
import { pageCall } from '../../support/taken-over-page.ts';
import type { PageCall } from '../../support/taken-over-page.ts';

const LEAST_CALLS = 10_000;
const AT_ONCE = 30;
const COMMANDS = 30;
const FIRST_SEED = 20_261_127;
const TIMEOUT = 280_000;

type Step = fc.AsyncCommand<{ calls: number }, TakenOverDesk>;

function sending(calls: readonly PageCall[]): Step {
  return {
    check: () => true,
    toString: () => calls.map(({ name }) => name).join(', '),
    async run(model, desk) {
      model.calls += calls.length;
      await desk.pageSends(calls);
    },
  };
}

/** The person comes back in between, so that there is something to be taken again. */
const personWorks: Step = {
  check: () => true,
  toString: () => 'the person works',
  run: (_model, desk) => desk.personWorks(),
};

const steps = [
  fc.array(pageCall, { minLength: AT_ONCE / 2, maxLength: AT_ONCE, size: 'max' }).map(sending),
  fc.array(pageCall, { minLength: AT_ONCE / 2, maxLength: AT_ONCE, size: 'max' }).map(sending),
  fc.array(pageCall, { minLength: AT_ONCE / 2, maxLength: AT_ONCE, size: 'max' }).map(sending),
  fc.array(pageCall, { minLength: AT_ONCE / 2, maxLength: AT_ONCE, size: 'max' }).map(sending),
  fc.array(pageCall, { minLength: AT_ONCE / 2, maxLength: AT_ONCE, size: 'max' }).map(sending),
  fc.array(pageCall, { minLength: AT_ONCE / 2, maxLength: AT_ONCE, size: 'max' }).map(sending),
  fc.constant(personWorks),
];

/** Sequences of calls until there were so many. */
async function attacked(desk: TakenOverDesk, calls: number): Promise<void> {
  while (desk.made.calls < calls) {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: COMMANDS, size: 'max' }), async (commands) => {
        await desk.personWorks();
        await fc.asyncModelRun(() => ({ model: { calls: 0 }, real: desk }), commands);
      }),
      // What one sequence did to a real desk is not undone for a shorter one. The same calls each time.
      { numRuns: 10, endOnFailure: true, seed: FIRST_SEED + desk.made.calls },
    );
  }
}

describe('a taken-over page', () => {
  let desk: TakenOverDesk;
  let start: number;
  beforeAll(async () => {
    desk = await TakenOverDesk.open();
    start = await desk.block();
  });
  afterAll(() => desk.close());

  it(
    'confirms, signs, redirects and reads nothing while a plan awaits its confirmation',
    { timeout: TIMEOUT },
    async () => {
      await attacked(desk, LEAST_CALLS / 2);

      expect(await desk.sentSince(start)).toEqual([]);
      // It did open the entry window, again and again: nobody typed.
      expect(desk.made.entries).toBeGreaterThan(100);
    },
  );

  it(
    'changes nothing of a recovery that runs: only the confirmed calls were signed',
    { timeout: TIMEOUT },
    async () => {
      await desk.personConfirms();
      await attacked(desk, LEAST_CALLS);

      const result = await desk.personSeesItThrough();

      const { plan } = desk;
      expect(result).toMatchObject({
        replacementWallet: plan.replacement.address,
        lostWallet: plan.lostWallet,
      });
      const confirmed = plan.steps.map(({ call }) => `${call.to} ${call.data}`.toLowerCase());
      const sent = await desk.sentSince(start);
      expect(sent).not.toEqual([]);
      for (const { from, to, input, value } of sent) {
        const toSelf = to === from && input === '0x';
        expect(toSelf || confirmed.includes(`${to} ${input}`.toLowerCase())).toBe(true);
        expect(Number(value)).toBe(0);
      }
      expect(desk.made.calls).toBeGreaterThanOrEqual(LEAST_CALLS);
      expect(desk.made.wellFormed / desk.made.calls).toBeGreaterThanOrEqual(0.5);
      expect(desk.made.answered).toBeGreaterThan(500);
    },
  );
});
