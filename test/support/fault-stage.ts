/** A practice desk behind a proxy: at a named moment of a run something happens, and the desk waits until it has. */
import type { Checkpoint } from '../../electron/desk.ts';
import { profileFile } from './command-line.ts';
import { startNodeProxy } from './node-proxy.ts';
import type { ProxiedRequest, ProxyAnswer } from './node-proxy.ts';
import type { PracticeDesk } from './practice-desk.ts';

export type Answer = (request: ProxiedRequest) => ProxyAnswer | Promise<ProxyAnswer>;

export interface FaultStage {
  /** The profile of the practice network as it is reached through the proxy. */
  profile(over?: Readonly<Record<string, unknown>>): string;
  /** From now on the proxy answers so; `pass` leaves it to the node. */
  answer(how: Answer): void;
  /** Runs the act when the moment is passed for the `count`th time: no request is answered before it is over. */
  when(moment: string, act: () => Promise<unknown>, count?: number): Checkpoint;
  /** Leaves everything to the node again. @throws what an act threw. */
  calm(): Promise<void>;
  stop(): Promise<void>;
}

const PASS: Answer = () => 'pass';

export async function openFaultStage(desk: PracticeDesk): Promise<FaultStage> {
  let how = PASS;
  let act: Promise<unknown> = Promise.resolve();
  const proxy = await startNodeProxy(desk.network.node.url, async (request) => {
    await act;
    return how(request);
  });
  return {
    profile: (over = {}) => profileFile(desk, { rpcUrls: [proxy.url], ...over }),
    answer(wanted) {
      how = wanted;
    },
    when(moment, wanted, count = 1) {
      let passed = 0;
      return (name) => {
        if (name !== moment) return;
        passed += 1;
        if (passed === count) act = act.then(wanted);
      };
    },
    async calm() {
      how = PASS;
      const last = act;
      act = Promise.resolve();
      await last;
    },
    stop: () => proxy.stop(),
  };
}
