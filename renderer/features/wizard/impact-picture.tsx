import type { ReactElement } from 'react';
import styles from './impact-picture.module.css';
import { PictureBox } from './picture-box.tsx';
import { boxOf, lineOf, PARTING, sceneHeight, WIDTH } from './picture-layout.ts';
import type { Picture, PictureEdge, PictureNode, Scene } from './picture.ts';
import { SceneFigure } from './scene-figure.tsx';

/** Now and after, beside each other, each with the same in words below. */
export function ImpactPicture({ picture }: { readonly picture: Picture }): ReactElement {
  return (
    <div className={styles.picture}>
      <DrawnScene scene={picture.before} />
      <DrawnScene scene={picture.after} />
    </div>
  );
}

function DrawnScene({ scene }: { readonly scene: Scene }): ReactElement {
  const height = sceneHeight(scene);
  const parted = height > PARTING;
  return (
    <SceneFigure title={scene.title} width={WIDTH} height={height} told={scene.told}>
      {parted ? <line className={styles.parting} x1={0} x2={WIDTH} y1={PARTING} y2={PARTING} /> : null}
      {scene.edges.map((edge) => (
        <Edge key={`${edge.from}-${edge.to}`} edge={edge} nodes={scene.nodes} />
      ))}
      {scene.nodes.map(({ id, title, detail, change, mark, ...place }) => (
        <PictureBox
          key={id}
          box={boxOf(place)}
          title={title}
          detail={detail}
          change={change}
          mark={mark}
          person={id === 'person'}
        />
      ))}
    </SceneFigure>
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
