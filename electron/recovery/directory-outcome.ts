/** What the journal holds of a step at the participant directory. */
import { z } from 'zod';
import {
  DIRECTORY_CAPABILITIES,
  accessCountsSchema,
  effectCountsSchema,
  survivorSchema,
} from '../../shared/directory.ts';
import type { DirectoryEffect, EffectCounts } from '../../shared/directory.ts';
import type { RecoverySnapshot, StepRow } from '../../shared/journal.ts';
import { DIRECTORY_STEPS } from './directory-plan.ts';

const baselineSchema = z.object({ participantId: z.string(), before: accessCountsSchema.nullable() });
export type DirectoryBaseline = z.output<typeof baselineSchema>;

const outcomeSchema = z.object({ counts: effectCountsSchema, survivors: z.array(survivorSchema) });

/** Who it is about, and what there was before the first call; null where it was not looked. */
export function baselineOf(row: StepRow): DirectoryBaseline | null {
  const parsed = baselineSchema.safeParse(row.baseline);
  return parsed.success ? parsed.data : null;
}

/** What was done, and what still works; null for a step that is not done, or is none at a directory. */
export function effectOf(row: StepRow): DirectoryEffect | null {
  if (row.state !== 'done' || !isDirectoryStep(row)) return null;
  const parsed = outcomeSchema.safeParse(row.outcome);
  return parsed.success ? parsed.data : null;
}

export function isDirectoryStep({ name }: Pick<StepRow, 'name'>): boolean {
  return DIRECTORY_STEPS.some(({ word }) => name.startsWith(`${word}:`));
}

/** Several steps together. */
export function countsTogether(effects: readonly DirectoryEffect[]): EffectCounts {
  const sums: EffectCounts = {};
  for (const { counts } of effects) {
    for (const key of DIRECTORY_CAPABILITIES) {
      const count = counts[key];
      if (count !== undefined) sums[key] = (sums[key] ?? 0) + count;
    }
  }
  return sums;
}

const holdSchema = z.object({ participantId: z.string() });

/** Whose sign-in at the directory this recovery holds; null where it holds none, or released it since. */
export function heldBy({
  steps,
  handOver,
}: {
  readonly steps: Iterable<StepRow>;
  readonly handOver: RecoverySnapshot['handOver'];
}): string | null {
  const row = [...steps].findLast((step) => (effectOf(step)?.counts.sign_in_hold ?? 0) > 0);
  const hold = holdSchema.safeParse(row?.outcome);
  if (row === undefined || !hold.success) return null;
  const released = handOver.findLast(({ what }) => what === 'sign_in_released');
  return released !== undefined && released.at >= (row.finishedAt ?? '') ? null : hold.data.participantId;
}

/**
 * Whose sign-in a hold may stand of that was begun while it was open, and of which no answer came; null for nobody. The
 * newest attempt says it.
 */
export function maybeHeldBy(steps: Iterable<StepRow>): string | null {
  const row = [...steps].findLast(({ name }) => name.startsWith('hold_sign_in:'));
  if (row?.state !== 'running' && row?.state !== 'failed') return null;
  const begun = baselineOf(row);
  return begun?.before?.signIn === 'open' ? begun.participantId : null;
}
