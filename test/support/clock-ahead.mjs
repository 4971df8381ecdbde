// @ts-check
/**
 * Stands in for a clock that goes on while a machine sleeps, or is set: loaded before a desk, it puts the calendar of that
 * process ahead by the milliseconds in the file `clock-ahead` beside the data folder, and reads them anew at SIGUSR2. The
 * clock that only goes forward stays as it is, as on a machine that sleeps.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(process.env['RECOVERY_DESK_DATA'] ?? '', '..', 'clock-ahead');
const RealDate = Date;
let ahead = 0;

function read() {
  ahead = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

class DateAhead extends RealDate {
  /** @param {[]} parts */
  constructor(...parts) {
    super(...(parts.length === 0 ? /** @type {[]} */ (/** @type {unknown} */ ([DateAhead.now()])) : parts));
  }

  /** @override */
  static now() {
    return RealDate.now() + ahead;
  }
}

read();
process.on('SIGUSR2', read);
globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (DateAhead));
