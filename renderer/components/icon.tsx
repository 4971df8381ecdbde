/** The desk's few pictograms, drawn in the ink of the text beside them. They never stand alone: a word is always there too. */
import type { ReactElement } from 'react';

const PATHS = {
  done: 'M3 8.5l3.2 3.2L13 4.8',
  failed: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.2L14.6 13.6H1.4zM8 6.4v3.4M8 11.6v.4',
  blocked: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM3.7 3.7l8.6 8.6',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.2v4M8 4.6v.4',
  paused: 'M5.5 3.5v9M10.5 3.5v9',
  frozen: 'M8 1.5v13M2.4 4.8l11.2 6.4M13.6 4.8L2.4 11.2',
  running: 'M8 1.8a6.2 6.2 0 1 1-6.2 6.2',
  waiting: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.4V8l2.6 1.8',
  pending: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  skipped: 'M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM10.6 10.6L14 14',
  up: 'M8 13V3.4M4 7.2l4-4 4 4',
  down: 'M8 3v9.6M4 8.8l4 4 4-4',
  back: 'M13 8H3.4M7.2 4l-4 4 4 4',
  next: 'M6 3.5L10.5 8 6 12.5',
  people:
    'M6 7.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM1.4 13.6c0-2.6 2-4.2 4.6-4.2s4.6 1.6 4.6 4.2M10.6 2.6a2.6 2.6 0 0 1 0 4.8M12 9.6c1.6.6 2.6 2 2.6 4',
  history: 'M2.2 8a5.8 5.8 0 1 0 1.8-4.2M1.8 2.4v2.8h2.8M8 4.8V8l2.2 1.6',
  document: 'M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3M5.6 8h4.8M5.6 10.8h4.8',
  settings: 'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.7v3.6M5 9.7v3.6',
  shield: 'M8 1.6l5.4 2v4.2c0 3.2-2.2 5.4-5.4 6.6-3.2-1.2-5.4-3.4-5.4-6.6V3.6zM5.6 8l1.7 1.7 3.1-3.3',
  wallet: 'M2 4.2h10.4v8.6H2zM2 4.2l8-2v2M12.4 7H14v3h-1.6zM9.6 8.5h.4',
  network:
    'M8 2.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM3.4 10.4a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM12.6 10.4a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM7.2 5.6L4.3 10.6M8.8 5.6l2.9 5M5.2 12.2h5.6',
  add: 'M8 3v10M3 8h10',
  lock: 'M3.6 7.4h8.8v6.2H3.6zM5.4 7.4V5a2.6 2.6 0 0 1 5.2 0v2.4',
  person: 'M8 7.6a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 13.8c0-2.7 2.2-4.4 5.2-4.4s5.2 1.7 5.2 4.4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactElement {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
