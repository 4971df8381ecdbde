/** What ends a step without a transaction of ours is an outcome too: it counts once a final block says it (DESIGN 4.6). */
import type { PlanStep } from '../../shared/plan.ts';
import type { ChainView, Postcondition } from '../protocols/recovery-protocol.ts';
import { viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { judgeAt } from './links.ts';

export interface Judged {
  readonly step: PlanStep;
  readonly verdict: Postcondition;
}

/**
 * The judgements at the view's block, those that would end a step only as far as the newest final block agrees.
 * @returns `sure`: to act on now; `waits`: to be judged again when more is final.
 */
export async function judgeSurely(
  run: Run,
  steps: readonly PlanStep[],
  view: ChainView,
): Promise<{ readonly sure: readonly Judged[]; readonly waits: readonly PlanStep[] }> {
  const verdicts = await judgeAt(run, view, steps);
  const judged = steps.flatMap((step, index) => {
    const verdict = verdicts[index];
    return verdict === undefined ? [] : [{ step, verdict }];
  });
  const ends = judged.filter(({ verdict }) => verdict.kind !== 'open');
  const final = ends.length === 0 ? view.reader.block : await run.context.chain.finalHead();
  if (final !== null && final.number >= view.reader.block.number) return { sure: judged, waits: [] };
  const asked = ends.map(({ step }) => step);
  const before = final === null ? [] : await judgeAt(run, await viewAt(run, final), asked);
  const waits = ends.flatMap(({ step, verdict }, index) =>
    before[index]?.kind === verdict.kind ? [] : [step],
  );
  return { sure: judged.filter(({ step }) => !waits.includes(step)), waits };
}
