/** What fault tests of one file share: a practice desk behind a proxy, taken back to its start before each test. */
import type { Checkpoint } from '../../electron/desk.ts';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PracticeNetworkOptions } from '../../electron/practice/practice-network.ts';
import { openFaultStage } from './fault-stage.ts';
import type { FaultStage } from './fault-stage.ts';
import { practiceActs } from './practice-acts.ts';
import type { PracticeActs } from './practice-acts.ts';
import { openPracticeDesk } from './practice-desk.ts';
import type { PracticeDesk } from './practice-desk.ts';

export interface FaultScene {
  readonly desk: PracticeDesk;
  readonly stage: FaultStage;
  readonly acts: PracticeActs;
  /** A data folder of this test. */
  readonly data: string;
  /** The block before this test. */
  readonly before: number;
}

/** To be called once in a test file; what is read of it is there from the first hook on. */
export function faultScene(options: Omit<PracticeNetworkOptions, 'folder'> = {}): FaultScene {
  let desk: PracticeDesk;
  let stage: FaultStage;
  let acts: PracticeActs;
  let data: string;
  let before: number;
  beforeAll(async () => {
    desk = await openPracticeDesk(options);
    stage = await openFaultStage(desk);
    acts = practiceActs(desk);
  });
  beforeEach(async () => {
    await desk.reset();
    data = desk.freshData();
    before = await desk.provider.getBlockNumber();
  });
  afterEach(() => stage.calm());
  afterAll(async () => {
    await stage.stop();
    await desk.close();
  });
  return {
    get desk() {
      return desk;
    },
    get stage() {
      return stage;
    },
    get acts() {
      return acts;
    },
    get data() {
      return data;
    },
    get before() {
      return before;
    },
  };
}

export function together(...checkpoints: readonly Checkpoint[]): Checkpoint {
  return (name) => {
    for (const checkpoint of checkpoints) checkpoint(name);
  };
}
