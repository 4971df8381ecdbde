import { describe, expect, it } from 'vitest';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene, together } from '../support/fault-scene.ts';
import type { Answer } from '../support/fault-stage.ts';
import { sentTransaction } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { lateToKnow, laggingNode } from '../support/lagging-node.ts';
import type { Lacking } from '../support/lagging-node.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

/** Each phase that the chain has made final, and the first moment of what comes after it. */
const PHASES: readonly (readonly [string, string])[] = [
  ['create_identity', 'judged:recover_identity'],
  ['recover_identity', 'judged:recover_tokens'],
  ['recover_tokens', 'judged:verify'],
];

/** The same answers, and each transaction that the node is offered noted. */
function watched(node: Answer, offered: (string | null)[]): Answer {
  return (request) => {
    const transaction = sentTransaction(request);
    if (transaction !== null) offered.push(transaction.hash);
    return node(request);
  };
}

const LACKING: readonly Lacking[] = ['block and receipts', 'block'];

describe.each(LACKING)('an endpoint that lags one block behind what was final, lacking its %s', (lacking) => {
  it.each(PHASES)(
    'is asked again: the outcome of %s is written before anything after it, and nothing is sent twice',
    async (phase, next) => {
      const { desk, stage, data, before } = scene;
      const { url } = desk.network.node;
      const person = desk.person('jonas-weir');
      const sent: (string | null)[] = [];
      stage.answer(watched(() => 'pass', sent));
      const lag = stage.when(`final:${phase}`, async () => {
        const last = (await desk.provider.getBlockNumber()) - 1;
        stage.answer(watched(laggingNode(url, last, lacking), sent));
      });
      const standing: (readonly string[])[] = [];
      const look = (name: string): void => {
        if (name !== next || standing.length > 0) return;
        const steps = readJournalFile(data).steps.filter((step) => step.phase === phase);
        standing.push(steps.map(({ state }) => state));
      };
      const args = desk.recoverArgs(person, data, '--network', stage.profile());

      const run = await terminal(args, { checkpoint: together(lag, look) });

      expect(run.code, run.stderr).toBe(0);
      expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
      expect(standing.map((states) => [...new Set(states)])).toEqual([['done']]);
      expect(run.stderr).toContain('that was shown before: it lags behind');
      expect(sent).toEqual(readJournalFile(data).transactions.map(({ hash }) => hash));
      expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
    },
  );
});

describe('an endpoint that has the receipt of a transaction only once it was asked for the transaction itself', () => {
  it.each(['create_identity', 'recover_identity', 'recover_tokens'])(
    'is not offered it again in %s: what is in a block by now is not missing',
    async (phase) => {
      const { desk, stage, data, before } = scene;
      const person = desk.person('jonas-weir');
      const offered: (string | null)[] = [];
      const late = stage.when(`signed:${phase}`, async () => stage.answer(watched(lateToKnow(), offered)));
      const args = desk.recoverArgs(person, data, '--network', stage.profile());

      const run = await terminal(args, { checkpoint: late });

      expect(run.code, run.stderr).toBe(0);
      expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
      expect(offered.length).toBeGreaterThan(0);
      expect(offered).toEqual([...new Set(offered)]);
      expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
    },
  );
});
