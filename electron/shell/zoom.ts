import type { WebContents } from 'electron';

type Contents = Pick<WebContents, 'getZoomLevel' | 'setZoomLevel'>;

export type Zoom = 'larger' | 'smaller' | 'as made';

const ZOOM_KEYS: ReadonlyMap<string, Zoom> = new Map([
  ['+', 'larger'],
  // The key of the plus sign where that needs Shift.
  ['=', 'larger'],
  ['-', 'smaller'],
  ['0', 'as made'],
]);
/** In Electron's levels, each a fifth more than the one before: half a step of them, and about 50 % to 400 %. */
const [STEP, SMALLEST, LARGEST] = [0.5, -4, 8];

/** What a key asks for together with Ctrl or Command; undefined for any other key. */
export function zoomOf(key: string): Zoom | undefined {
  return ZOOM_KEYS.get(key);
}

/** Draws a page at another size. Where the browser itself does so, the runtime takes this without effect. */
export function zoomPage(contents: Contents, zoom: Zoom): void {
  contents.setZoomLevel(zoom === 'as made' ? 0 : within(contents.getZoomLevel() + stepOf(zoom)));
}

function stepOf(zoom: 'larger' | 'smaller'): number {
  return zoom === 'larger' ? STEP : -STEP;
}

function within(level: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, level));
}
