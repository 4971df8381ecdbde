/** Who signs what of a running recovery: the parts of its plan in words, and whose turn it is. */
import type { DeskState, OperatorEntry } from '../../../shared/desk-state.ts';
import type { ProgressView, RecoveryPart } from '../../../shared/wizard.ts';
import type { IconName } from '../../components/icon.tsx';
import { countText } from '../../components/amount-text.ts';
import { counted } from '../../components/counted.ts';

const RIGHTS: Readonly<Record<RecoveryPart['rights'][number], string>> = {
  none: 'no role',
  identityManager: 'identity manager',
  custodian: 'custodian of the tokens',
  claimIssuer: 'issuer of claims',
  holder: 'none, by the replacement itself',
};

/** The rights that a part takes, in words. */
export function rightsWords({ rights }: Pick<RecoveryPart, 'rights'>): string {
  const needed = rights.filter((right) => right !== 'none');
  return (needed.length === 0 ? rights : needed).map((right) => RIGHTS[right]).join(', ');
}

/** How much of a part is left. */
export function leftWords({ steps, left }: Pick<RecoveryPart, 'steps' | 'left'>): string {
  return left === 0
    ? `${counted(steps, 'step')}, all ended`
    : `${countText(left)} of ${counted(steps, 'step')} left`;
}

export interface PartState {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: 'good' | 'caution' | 'calm';
}

export function partState(part: RecoveryPart): PartState {
  if (part.left === 0) return { word: 'Done', icon: 'done', tone: 'good' };
  if (part.external) {
    return part.waitedFor
      ? { word: 'Waited for: signed elsewhere', icon: 'waiting', tone: 'caution' }
      : { word: 'Signed elsewhere', icon: 'pending', tone: 'calm' };
  }
  if (part.waitedFor) {
    return {
      word: part.confirmed ? 'Waited for' : 'Waited for: not confirmed yet',
      icon: 'waiting',
      tone: 'caution',
    };
  }
  return part.confirmed
    ? { word: 'Confirmed', icon: 'done', tone: 'good' }
    : { word: 'Not confirmed yet', icon: 'pending', tone: 'calm' };
}

export function whose(part: Pick<RecoveryPart, 'name' | 'external'>): string {
  return part.name ?? (part.external ? 'A Safe or custody platform' : 'Nobody of this desk');
}

/** The part of who is signed in; null where they sign none. */
export function partOf(
  { parts }: Pick<ProgressView, 'parts'>,
  operator: DeskState['operator'],
): RecoveryPart | null {
  return parts.find((part) => part.address === operator?.address) ?? null;
}

/** Whether nothing goes on before they come to this desk. */
export function isAwaitedHere(part: RecoveryPart): boolean {
  return part.waitedFor && !part.external;
}

/** Whether nothing goes on before they confirm, at this desk. Who did so before only has to come. */
export function mustConfirm(part: RecoveryPart): boolean {
  return isAwaitedHere(part) && !part.confirmed;
}

/** Whether there is more to show than that who began it signs all of it here. */
export function isSplit({ parts }: Pick<ProgressView, 'parts'>): boolean {
  return parts.length > 1 || parts.some((part) => part.external);
}

/** Whether calls are still to be signed elsewhere. */
export function hasCallsToSave({ parts }: Pick<ProgressView, 'parts'>): boolean {
  return parts.some((part) => part.external && part.left > 0);
}

/**
 * Those of this desk of whom one has to sign in for it to go on: who is waited for, else whoever confirmed a part.
 * Everybody where none of them is known here by name.
 */
export function whoMaySignIn(
  { parts }: Pick<ProgressView, 'parts'>,
  operators: readonly OperatorEntry[],
): readonly OperatorEntry[] {
  const here = parts.filter((part) => !part.external);
  const awaited = here.filter(isAwaitedHere);
  const wanted = awaited.length > 0 ? awaited : here.filter((part) => part.confirmed);
  const known = operators.filter(({ name }) => wanted.some((part) => part.name === name));
  return known.length > 0 ? known : operators;
}
