/** Where the boxes of the picture of several wallets stand, in units of its view box. */
import type { Box } from './picture-layout.ts';
import type { WalletsScene } from './wallets-picture.ts';

export const SCENE_WIDTH = 570;
export const ROW_HEIGHT = 50;
const PERSON_WIDTH = 168;
/** From the person's box to the frames. */
export const TRUNK = 178;
const FRAME = { x: 186, width: SCENE_WIDTH - 187, head: 40, foot: 14 };
const WALLET = { x: 216, width: 184 };
const TOKENS = { x: 422, width: 136 };
const GAP = 22;
/** Room for the marks that stand on the upper edge of boxes. */
const TOP = 12;

export interface PlacedRow {
  readonly wallet: Box;
  readonly tokens: Box;
}

export interface PlacedFrame {
  readonly frame: Box;
  readonly rows: readonly PlacedRow[];
}

export interface PlacedScene {
  readonly person: Box;
  readonly frames: readonly PlacedFrame[];
  readonly height: number;
}

/** Frames below each other, each as high as its wallets need. */
export function placed({ frames }: Pick<WalletsScene, 'frames'>): PlacedScene {
  let y = TOP;
  const placedFrames = frames.map(({ rows }): PlacedFrame => {
    const top = y;
    const placedRows = rows.map((_row, index): PlacedRow => {
      const at = { y: top + FRAME.head + index * (ROW_HEIGHT + GAP), height: ROW_HEIGHT };
      return { wallet: { ...at, ...WALLET }, tokens: { ...at, ...TOKENS } };
    });
    const inside = rows.length === 0 ? 0 : rows.length * (ROW_HEIGHT + GAP) - GAP;
    const height = FRAME.head + inside + FRAME.foot;
    y = top + height + GAP;
    return { frame: { x: FRAME.x, y: top, width: FRAME.width, height }, rows: placedRows };
  });
  return {
    person: { x: 1, y: TOP + FRAME.head, width: PERSON_WIDTH, height: ROW_HEIGHT },
    frames: placedFrames,
    height: y - GAP + 2,
  };
}
