import type { ReactElement } from 'react';
import styles from './impact-picture.module.css';
import { PictureBox, PictureMark } from './picture-box.tsx';
import { fitted } from './picture-layout.ts';
import type { Box } from './picture-layout.ts';
import { SceneFigure } from './scene-figure.tsx';
import { placed, SCENE_WIDTH, TRUNK } from './wallets-layout.ts';
import type { PlacedFrame, PlacedRow, PlacedScene } from './wallets-layout.ts';
import type { IdentityFrame, WalletRow, WalletsPicture, WalletsScene } from './wallets-picture.ts';

/** Now and after of a person with several wallets, beside each other. */
export function SeveralPicture({ picture }: { readonly picture: WalletsPicture }): ReactElement {
  return (
    <div className={styles.picture}>
      <Scene scene={picture.before} />
      <Scene scene={picture.after} />
    </div>
  );
}

function Scene({ scene }: { readonly scene: WalletsScene }): ReactElement {
  const places = placed(scene);
  return (
    <SceneFigure title={scene.title} width={SCENE_WIDTH} height={places.height} told={scene.told}>
      {scene.frames.map((frame, index) => {
        const place = places.frames[index];
        return place === undefined ? null : <Frame key={frame.id} frame={frame} place={place} />;
      })}
      <Trunk scene={scene} places={places} />
      <PictureBox
        box={places.person}
        title={scene.person}
        detail={scene.access}
        change="stays"
        mark={null}
        person
      />
    </SceneFigure>
  );
}

const middle = ({ y, height }: Box): number => y + height / 2;

/** From the person down to the last wallet that a hold leads to, cut or not. */
function Trunk({
  scene,
  places,
}: {
  readonly scene: WalletsScene;
  readonly places: PlacedScene;
}): ReactElement | null {
  const reached = scene.frames.flatMap(({ rows }, frame) =>
    rows.flatMap(({ hold }, row) => {
      const place = places.frames[frame]?.rows[row];
      return hold === 'none' || place === undefined ? [] : [middle(place.wallet)];
    }),
  );
  if (reached.length === 0) return null;
  const { person } = places;
  const start = middle(person);
  return (
    <g>
      <line className={styles.line} x1={person.x + person.width} x2={TRUNK} y1={start} y2={start} />
      <line className={styles.line} x1={TRUNK} x2={TRUNK} y1={start} y2={Math.max(...reached)} />
    </g>
  );
}

function Frame({
  frame,
  place,
}: {
  readonly frame: IdentityFrame;
  readonly place: PlacedFrame;
}): ReactElement {
  const box = place.frame;
  return (
    <g>
      <g className={styles[frame.change]}>
        <rect className={`${styles.box ?? ''} ${styles.frame ?? ''}`} {...box} rx={8} />
        <text className={styles.name} x={box.x + 14} y={box.y + 20}>
          {frame.title}
          <tspan className={styles.detail} dx={8}>
            {fitted(frame.detail, 240)}
          </tspan>
        </text>
        {frame.mark === null ? null : (
          <PictureMark text={frame.mark} right={box.x + box.width - 12} y={box.y} />
        )}
      </g>
      {frame.rows.map((row, index) => {
        const at = place.rows[index];
        return at === undefined ? null : <Row key={row.id} row={row} place={at} />;
      })}
    </g>
  );
}

function Row({ row, place }: { readonly row: WalletRow; readonly place: PlacedRow }): ReactElement {
  const { wallet, tokens } = place;
  const y = middle(wallet);
  return (
    <g>
      {row.hold === 'none' ? null : <Hold kind={row.hold} from={TRUNK} to={wallet.x} y={y} />}
      {row.tokens === null ? null : <Hold kind="holds" from={wallet.x + wallet.width} to={tokens.x} y={y} />}
      <PictureBox box={wallet} {...row.wallet} person={false} />
      {row.tokens === null ? null : <PictureBox box={tokens} {...row.tokens} person={false} />}
    </g>
  );
}

function Hold({
  kind,
  from,
  to,
  y,
}: {
  readonly kind: 'holds' | 'cut';
  readonly from: number;
  readonly to: number;
  readonly y: number;
}): ReactElement {
  const x = (from + to) / 2 + 4;
  return (
    <g className={styles[kind]}>
      <line className={styles.line} x1={from} x2={to} y1={y} y2={y} />
      {kind === 'cut' ? (
        <>
          <circle className={styles.gap} cx={x} cy={y} r={9} />
          <path className={styles.cross} d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} />
        </>
      ) : (
        <circle className={styles.end} cx={to} cy={y} r={3.5} />
      )}
    </g>
  );
}
