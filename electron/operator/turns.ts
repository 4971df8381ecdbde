/** One thing at a time for one operator: two attempts side by side would both be let in before either is counted. */

export interface Turns {
  /** Runs the work when all that was begun for this operator before has ended, however it ended. */
  take<T>(operatorId: string, work: () => Promise<T>): Promise<T>;
}

export function operatorTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take(operatorId, work) {
      const before = last.get(operatorId) ?? Promise.resolve();
      const mine = before.then(work);
      const settled = mine.catch(() => undefined);
      last.set(operatorId, settled);
      void settled.then(() => {
        if (last.get(operatorId) === settled) last.delete(operatorId);
      });
      return mine;
    },
  };
}
