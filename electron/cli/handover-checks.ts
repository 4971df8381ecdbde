/** The checklist of a hand-over as options name it. */
import { handOverCheckSchema } from '../../shared/hand-over.ts';
import type { HandOverCheck } from '../../shared/hand-over-rules.ts';
import { badUsage } from './executor-options.ts';

/** @throws DeskError BAD_USAGE */
export function checkOf(text: string, before: readonly HandOverCheck[]): readonly HandOverCheck[] {
  const check = handOverCheckSchema.safeParse(text);
  if (check.success) return [...before, check.data];
  throw badUsage(
    `--checked "${text}" is none of the checklist.`,
    `The checklist is: ${handOverCheckSchema.options.join(', ')}.`,
  );
}
