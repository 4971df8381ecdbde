/** The hand-over of one recovery, and what a person can do about it: each opens the entry window. */
import { useState } from 'react';
import type { Answer, ErrorView } from '../../../shared/answer.ts';
import type { HandOverAnswer, HandOverShown } from '../../../shared/hand-over-procedures.ts';
import { lastValue, useAnswer } from '../../app/use-answer.ts';
import { useDeed } from '../../app/use-deed.ts';
import type { Deed } from '../../app/use-deed.ts';
import { call, newKey } from '../../desk.ts';

const ACTS = ['keystore', 'passphrase', 'holder', 'letter', 'done'] as const;
type Act = (typeof ACTS)[number];

export interface HandOverDeeds {
  /** Null while it is not known, or where there is nothing to hand over. */
  readonly view: HandOverShown | null;
  readonly deed: Deed<[Act]>;
  /** Of the last act; null for none. */
  readonly told: { readonly fileName: string | null; readonly note: string | null } | null;
  /** Why it is not known. */
  readonly error: ErrorView | null;
}

export function useHandOver(recoveryId: string): HandOverDeeds {
  const { asked, again } = useAnswer('handover.get', { recoveryId });
  const [told, setTold] = useState<HandOverDeeds['told']>(null);
  const act = async (name: Act): Promise<Answer<HandOverAnswer>> => {
    setTold(null);
    const answer = await call(`handover.${name}`, { key: newKey(), recoveryId });
    // What was refused or given up may have left a fact behind, too.
    again();
    return answer;
  };
  const deed = useDeed(act, ({ fileName, note }) => setTold({ fileName, note }));
  return { view: lastValue(asked), deed, told, error: asked.status === 'failed' ? asked.error : null };
}
