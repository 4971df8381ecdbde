/** The hand-over of a recovery's wallets, and what a person can do about each: most of it opens the entry window. */
import { useState } from 'react';
import type { Answer, ErrorView } from '../../../shared/answer.ts';
import type { HandOverAnswer, HandOverShown } from '../../../shared/hand-over-procedures.ts';
import { lastValue, useAnswer } from '../../app/use-answer.ts';
import { useDeed } from '../../app/use-deed.ts';
import type { Deed } from '../../app/use-deed.ts';
import { call, newKey } from '../../desk.ts';

export interface HandOvers {
  /** Empty while it is not known, or where there is nothing to hand over. */
  readonly views: readonly HandOverShown[];
  readonly again: () => void;
  /** Why it is not known. */
  readonly error: ErrorView | null;
}

export function useHandOvers(recoveryId: string): HandOvers {
  const { asked, again } = useAnswer('handover.get', { recoveryId });
  return { views: lastValue(asked) ?? [], again, error: asked.status === 'failed' ? asked.error : null };
}

const ACTS = ['keystore', 'passphrase', 'holder', 'letter', 'leave', 'done'] as const;
type Act = (typeof ACTS)[number];

type Told = Omit<HandOverAnswer, 'view'>;

export interface HandOverDeeds {
  readonly deed: Deed<[Act]>;
  /** Of the last act; null for none. */
  readonly told: Told | null;
}

async function carriedOut(name: Act, { recoveryId, wallet }: HandOverShown): Promise<Answer<Told>> {
  if (name !== 'letter') return call(`handover.${name}`, { key: newKey(), recoveryId, wallet });
  const answer = await call('handover.letter', { key: newKey(), recoveryId });
  return answer.ok ? { ok: true, value: { ...answer.value, note: null } } : answer;
}

/** What is done about one wallet. @param again asks how the wallets stand. */
export function useHandOver(view: HandOverShown, again: () => void): HandOverDeeds {
  const [told, setTold] = useState<Told | null>(null);
  const act = async (name: Act): Promise<Answer<Told>> => {
    setTold(null);
    const answer = await carriedOut(name, view);
    // What was refused or given up may have left a fact behind, too.
    again();
    return answer;
  };
  const deed = useDeed(act, ({ fileName, note }) => setTold({ fileName, note }));
  return { deed, told };
}
