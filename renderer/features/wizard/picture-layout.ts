/** Where the picture's boxes and lines stand, in units of its view box. */
import type { PictureEdge, PictureNode, Scene } from './picture.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const COLUMNS: readonly { readonly x: number; readonly width: number }[] = [
  { x: 1, width: 168 },
  { x: 206, width: 168 },
  { x: 412, width: 156 },
];
const HEIGHT = 50;
/** Room for the marks that stand on the upper edge of boxes. */
const TOP = 12;
const ROWS: readonly number[] = [TOP, TOP + 74, TOP + 166, TOP + 240];
/** Between what is in use and what is cut off. */
export const PARTING = TOP + 145;

export const WIDTH = 570;

export function boxOf(node: Pick<PictureNode, 'column' | 'row'>): Box {
  const column = COLUMNS[node.column];
  const y = ROWS[node.row];
  if (column === undefined || y === undefined) throw new RangeError('no such place in the picture');
  return { x: column.x, y, width: column.width, height: HEIGHT };
}

/** As high as its lowest row. */
export function sceneHeight(scene: Scene): number {
  return Math.max(...scene.nodes.map((node) => boxOf(node).y)) + HEIGHT + 2;
}

/** The corners of a line between two boxes: straight across or down; a link goes round on the left. */
export function lineOf(kind: PictureEdge['kind'], from: Box, to: Box): readonly Point[] {
  if (kind === 'link') {
    const [start, end] = [from.y + HEIGHT / 2, to.y + HEIGHT - 10];
    const beside = from.x - 22;
    return [
      { x: from.x, y: start },
      { x: beside, y: start },
      { x: beside, y: end },
      { x: to.x, y: end },
    ];
  }
  if (from.y === to.y) {
    const y = from.y + HEIGHT / 2;
    return [
      { x: from.x + from.width, y },
      { x: to.x, y },
    ];
  }
  const x = from.x + 28;
  return [
    { x, y: from.y + HEIGHT },
    { x, y: to.y },
  ];
}

/** Text has no line breaks in a picture: what does not fit ends in an ellipsis. */
export function fitted(text: string, width: number): string {
  const most = Math.floor(width / 7.2);
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
