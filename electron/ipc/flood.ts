/** How many calls may be under way at once: a window that does not wait for answers gets refusals, and main goes on. */
import { DeskError } from '../../shared/errors.ts';

export interface Flood {
  /** Takes a place. @returns gives it back; more than once does nothing. @throws DeskError TOO_MANY_CALLS when there is none. */
  enter(): () => void;
}

export function createFlood(mostUnderWay: number): Flood {
  let underWay = 0;
  return {
    enter() {
      if (underWay >= mostUnderWay) throw tooMany();
      underWay += 1;
      let inside = true;
      return () => {
        if (inside) underWay -= 1;
        inside = false;
      };
    },
  };
}

function tooMany(): DeskError {
  return new DeskError('TOO_MANY_CALLS', {
    message: 'The window asked for more at once than can be answered. This call did nothing.',
    remedy: 'Wait until what is under way has ended, then try again.',
    retry: 'safe',
  });
}
