/** Times and spans in words. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time: `8 s`, `2 min 05 s`, `1 h 03 min`. A clock that was set back gives 0 s. */
export function spanText(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return `${String(Math.floor(span / SECOND))} s`;
  if (span < HOUR) return `${String(Math.floor(span / MINUTE))} min ${padded((span % MINUTE) / SECOND)} s`;
  return `${String(Math.floor(span / HOUR))} h ${padded((span % HOUR) / MINUTE)} min`;
}

/** How long ago: `just now`, `5 minutes ago`, `3 days ago`. */
export function agoText(milliseconds: number): string {
  if (milliseconds < MINUTE) return milliseconds < 10 * SECOND ? 'just now' : `${spanText(milliseconds)} ago`;
  if (milliseconds < HOUR) return several(milliseconds / MINUTE, 'minute');
  if (milliseconds < 2 * DAY) return several(milliseconds / HOUR, 'hour');
  return several(milliseconds / DAY, 'day');
}

// Made when it is first used: what the browser knows of languages takes it long to read.
let when: Intl.DateTimeFormat | undefined;

/** A point in time on this machine's clock: `3 Nov 2026, 14:05`. */
export function timeText(iso: string): string {
  when ??= new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return when.format(new Date(iso));
}

function several(count: number, unit: string): string {
  const whole = Math.floor(count);
  return `${String(whole)} ${unit}${whole === 1 ? '' : 's'} ago`;
}

function padded(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
