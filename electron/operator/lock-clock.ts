/** What the lock of the desk goes by. Two clocks, because each alone can be led astray. */
export interface LockClock {
  /** Milliseconds of the calendar. It goes on while the machine sleeps, and anybody may set it. */
  wall(): number;
  /** Milliseconds that only go forward. On some systems they stand still while the machine sleeps. */
  elapsed(): number;
  /** Calls once, after so many milliseconds at the earliest. @returns how to call it off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The clocks of this machine. A timer of theirs does not keep the process alive. */
export const machineClock: LockClock = {
  wall: () => Date.now(),
  elapsed: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
