/** What tests of one file share that need no fault: a practice desk, taken back to its start before each test. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { practiceActs } from './practice-acts.ts';
import type { PracticeActs } from './practice-acts.ts';
import { openPracticeDesk } from './practice-desk.ts';
import type { PracticeDesk } from './practice-desk.ts';

export interface DeskScene {
  readonly desk: PracticeDesk;
  readonly acts: PracticeActs;
  /** A data folder of this test. */
  readonly data: string;
  /** The block before this test. */
  readonly before: number;
}

/** To be called once in a test file; what is read of it is there from the first hook on. */
export function deskScene(): DeskScene {
  let desk: PracticeDesk;
  let acts: PracticeActs;
  let data: string;
  let before: number;
  beforeAll(async () => {
    desk = await openPracticeDesk();
    acts = practiceActs(desk);
  });
  beforeEach(async () => {
    await desk.reset();
    data = desk.freshData();
    before = await desk.provider.getBlockNumber();
  });
  afterAll(() => desk.close());
  return {
    get desk() {
      return desk;
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
