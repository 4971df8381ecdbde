import { useId } from 'react';
import type { ReactElement } from 'react';
import styles from './impact-picture.module.css';
import { boxOf, fitted, lineOf, PARTING, sceneHeight, WIDTH } from './picture-layout.ts';
import type { Picture, PictureEdge, PictureNode, Scene } from './picture.ts';

/** Now and after, beside each other, each with the same in words below. */
export function ImpactPicture({ picture }: { readonly picture: Picture }): ReactElement {
  return (
    <div className={styles.picture}>
      <SceneFigure scene={picture.before} />
      <SceneFigure scene={picture.after} />
    </div>
  );
}

function SceneFigure({ scene }: { readonly scene: Scene }): ReactElement {
  const id = useId();
  const height = sceneHeight(scene);
  const parted = height > PARTING;
  return (
    <figure className={styles.scene}>
      <h3 className={styles.title}>{scene.title}</h3>
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
        className={styles.drawing}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{`${scene.title}: who holds what`}</title>
        <desc id={`${id}-desc`}>{scene.told.join(' ')}</desc>
        {parted ? <line className={styles.parting} x1={0} x2={WIDTH} y1={PARTING} y2={PARTING} /> : null}
        {scene.edges.map((edge) => (
          <Edge key={`${edge.from}-${edge.to}`} edge={edge} nodes={scene.nodes} />
        ))}
        {scene.nodes.map((node) => (
          <Node key={node.id} node={node} />
        ))}
      </svg>
      <figcaption>
        <ul className={styles.told}>
          {scene.told.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function Edge({ edge, nodes }: { edge: PictureEdge; nodes: readonly PictureNode[] }): ReactElement | null {
  const from = nodes.find((node) => node.id === edge.from);
  const to = nodes.find((node) => node.id === edge.to);
  if (from === undefined || to === undefined) return null;
  const points = lineOf(edge.kind, boxOf(from), boxOf(to));
  const [start, end] = [points[0], points.at(-1)];
  if (start === undefined || end === undefined) return null;
  const [x, y] = [(start.x + end.x) / 2, (start.y + end.y) / 2];
  return (
    <g className={styles[edge.kind]}>
      <polyline className={styles.line} points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
      {edge.kind === 'cut' ? (
        <>
          <circle className={styles.gap} cx={x} cy={y} r={9} />
          <path className={styles.cross} d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} />
        </>
      ) : (
        <circle className={styles.end} cx={end.x} cy={end.y} r={3.5} />
      )}
    </g>
  );
}

const INSET = 12;

function Node({ node }: { readonly node: PictureNode }): ReactElement {
  const box = boxOf(node);
  const person = node.id === 'person';
  const indent = person ? 26 : 0;
  const room = box.width - 2 * INSET - indent;
  const text = box.x + INSET + indent;
  return (
    <g className={styles[node.change]}>
      <rect className={styles.box} {...box} rx={person ? 25 : 6} />
      {person ? (
        <g className={styles.head} transform={`translate(${box.x + 11} ${box.y + 14})`}>
          <circle cx={10} cy={6} r={5} />
          <path d="M0 22c0-6 4-9 10-9s10 3 10 9" />
        </g>
      ) : null}
      <text className={styles.name} x={text} y={box.y + 21}>
        <title>{node.title}</title>
        {fitted(node.title, room)}
      </text>
      <text className={styles.detail} x={text} y={box.y + 38}>
        {fitted(node.detail, room * 1.15)}
      </text>
      {node.mark === null ? null : <Mark text={node.mark} right={box.x + box.width - 10} y={box.y} />}
    </g>
  );
}

function Mark({ text, right, y }: { text: string; right: number; y: number }): ReactElement {
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
