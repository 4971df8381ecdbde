import { nodeChildPrograms } from '../operator/node-child-programs.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import { setupUtilityPrograms } from './utility-programs.ts';

/** The helper programs of this runtime. */
export interface Helpers {
  readonly programs: ChildPrograms;
  /** To be called once the application is ready: before that Electron starts none. */
  ready(): Promise<void>;
}

/** @param folder where the built programs lie. */
export function setupHelpers(folder: string): Helpers {
  let programs = nodeChildPrograms(folder);
  return {
    programs: { start: (program) => programs.start(program) },
    async ready() {
      if (process.versions['electron'] === undefined) return;
      // Asked for here: the browser runtime has no such module to link.
      const { utilityProcess } = await import('electron');
      programs = setupUtilityPrograms(utilityProcess, folder);
    },
  };
}
