import type { ReactElement } from 'react';
import styles from './impact-picture.module.css';
import { fitted } from './picture-layout.ts';
import type { Box } from './picture-layout.ts';

const INSET = 12;

export interface PictureBoxProps {
  readonly box: Box;
  readonly title: string;
  readonly detail: string;
  readonly change: 'stays' | 'created' | 'revoked' | 'moved' | 'left';
  readonly mark: string | null;
  /** A person's box wears a head. */
  readonly person: boolean;
}

/** A box of the picture: what it is, which one, and what happens to it. */
export function PictureBox({ box, title, detail, change, mark, person }: PictureBoxProps): ReactElement {
  const indent = person ? 26 : 0;
  const room = box.width - 2 * INSET - indent;
  const text = box.x + INSET + indent;
  return (
    <g className={styles[change]}>
      <rect className={styles.box} {...box} rx={person ? 25 : 6} />
      {person ? (
        <g className={styles.head} transform={`translate(${box.x + 11} ${box.y + 14})`}>
          <circle cx={10} cy={6} r={5} />
          <path d="M0 22c0-6 4-9 10-9s10 3 10 9" />
        </g>
      ) : null}
      <text className={styles.name} x={text} y={box.y + 21}>
        <title>{title}</title>
        {fitted(title, room)}
      </text>
      <text className={styles.detail} x={text} y={box.y + 38}>
        {fitted(detail, room * 1.15)}
      </text>
      {mark === null ? null : <PictureMark text={mark} right={box.x + box.width - 10} y={box.y} />}
    </g>
  );
}

/** The change in a word or two, on the upper edge of what changes. */
export function PictureMark({
  text,
  right,
  y,
}: {
  readonly text: string;
  readonly right: number;
  readonly y: number;
}): ReactElement {
  const width = text.length * 6 + 16;
  return (
    <g>
      <rect className={styles.mark} x={right - width} y={y - 9} width={width} height={18} rx={9} />
      <text className={styles.markText} x={right - width / 2} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
