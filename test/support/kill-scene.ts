/** A compromised case with four tokens, killed at named moments and resumed: what it then did is counted on chain. */
import { expect } from 'vitest';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { faultyDesk } from './desk-process.ts';
import { countEffects, expectOnce } from './effects.ts';
import type { Fault } from './fault.ts';
import { openPracticeDesk } from './practice-desk.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { comparable, replacementIn, resultOf, resumeArgs } from './recovery-runs.ts';
import type { Comparable } from './recovery-runs.ts';
import { terminal } from './terminal.ts';

/** Where the replacement wallet comes from. */
export type Replacement = 'given by the holder' | 'generated';

export interface KillScene {
  readonly desk: PracticeDesk;
  /** Names of all moments of an uninterrupted run, in their order. */
  readonly moments: readonly string[];
  /**
   * Recovers, killed; resumes, killed for each further fault; then resumes to the end, and holds all effects to be there
   * once and the result to be that of an uninterrupted run. @returns the status.
   */
  killedAndResumed(kills: readonly Fault[], replacement?: Replacement): Promise<string>;
}

interface Prepared {
  readonly data: string;
  readonly passphrase: string | null;
  readonly args: readonly string[];
}

async function prepare(desk: PracticeDesk, person: SeededPerson, from: Replacement): Promise<Prepared> {
  const data = desk.freshData();
  const base = ['--reason', 'compromised'];
  if (from === 'generated') {
    const passphrase = desk.passphraseFile();
    const args = desk.recoverArgs(person, data, ...base, '--replacement-passphrase-file', passphrase);
    return { data, passphrase, args };
  }
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--replacement', replacement, '--proof', proof];
  return { data, passphrase: null, args: desk.recoverArgs(person, data, ...base, ...given) };
}

/** Opens the practice network and recovers once without a fault, to compare with. */
export async function openKillScene(): Promise<KillScene> {
  const desk = await openPracticeDesk();
  const person = desk.person('luca-ferri');
  const moments: string[] = [];
  const wholeRun = async (): Promise<Comparable> => {
    const { data, args } = await prepare(desk, person, 'given by the holder');
    const before = await desk.provider.getBlockNumber();
    const run = await terminal(args, { checkpoint: (name) => moments.push(name) });
    expect(run.code, run.stderr).toBe(0);
    expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'contained');
    return comparable(resultOf(run));
  };
  const uninterrupted = await wholeRun();
  return {
    desk,
    moments,
    async killedAndResumed(kills, from = 'given by the holder') {
      await desk.reset();
      const { data, passphrase, args } = await prepare(desk, person, from);
      const before = await desk.provider.getBlockNumber();
      for (const [index, kill] of kills.entries()) {
        const line = index === 0 ? args : resumeArgs(desk, data, passphrase);
        expect((await faultyDesk(kill, line)).signal).toBe('SIGKILL');
      }

      const run = await terminal(resumeArgs(desk, data, passphrase));

      expect(run.code, run.stderr).toBe(0);
      const handOver = from === 'generated' ? ['HAND_OVER_WALLET'] : [];
      const { followUps, ...rest } = comparable(resultOf(run));
      const { followUps: wanted, ...others } = uninterrupted;
      expect(rest).toEqual(others);
      expect(followUps.toSorted()).toEqual([...wanted, ...handOver].toSorted());
      expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'contained');
      return rest.status;
    },
  };
}
