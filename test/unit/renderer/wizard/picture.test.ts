import { describe, expect, it } from 'vitest';
import { impactFacts } from '../../../../renderer/features/wizard/impact-facts.ts';
import {
  boxOf,
  fitted,
  lineOf,
  sceneHeight,
  WIDTH,
} from '../../../../renderer/features/wizard/picture-layout.ts';
import { pictureOf } from '../../../../renderer/features/wizard/picture.ts';
import type { Scene } from '../../../../renderer/features/wizard/picture.ts';
import { plan, preview, token } from './previews.ts';

const node = (scene: Scene, id: string) => scene.nodes.find((one) => one.id === id);

describe('the before/after picture', () => {
  it('shows the person without access now, and with access after', () => {
    const { before, after } = pictureOf(impactFacts(preview(), null));
    expect(node(before, 'person')?.detail).toBe('has no access');
    expect(before.edges).toContainEqual({ from: 'person', to: 'lost', kind: 'cut' });
    expect(after.edges).toContainEqual({ from: 'person', to: 'replacement', kind: 'holds' });
  });

  it('moves what recovers, and leaves what fails and the claims behind', () => {
    const { before, after } = pictureOf(impactFacts(preview(), null));
    expect(node(before, 'tokens')?.title).toBe('2 tokens');
    expect(node(after, 'tokens')).toMatchObject({ title: '1 token', change: 'moved', mark: 'moved' });
    expect(node(after, 'staying')).toMatchObject({ title: '1 token', change: 'left' });
    expect(node(after, 'claims')).toMatchObject({ title: '1 claim', mark: 'not moved' });
  });

  it('leaves out what there is nothing of', () => {
    const { after } = pictureOf(impactFacts(preview({ tokens: [token('AAA', 'a')], claims: [] }), null));
    expect(node(after, 'staying')).toBeUndefined();
    expect(node(after, 'claims')).toBeUndefined();
  });

  it('says that the replacement is still to be chosen, until a plan names it', () => {
    expect(node(pictureOf(impactFacts(preview(), null)).after, 'replacement')?.detail).toBe(
      'to be chosen below',
    );
    const planned = pictureOf(impactFacts(preview(), plan())).after;
    expect(node(planned, 'replacement')).toMatchObject({ detail: '0x2222…2222', mark: 'created' });
    expect(node(planned, 'lost')?.mark).toBe('frozen, cut off');
  });

  it('does not call an identity created that stands already', () => {
    const { after } = pictureOf(impactFacts(preview({ adopts: true }), null));
    expect(node(after, 'new')).toMatchObject({ change: 'stays', mark: 'exists already' });
  });

  it('tells in words all that it draws', () => {
    const told = pictureOf(impactFacts(preview(), plan())).after.told.join(' ');
    for (const word of ['Amara', 'replacement wallet', '1 token', 'frozen', 'claim', 'lost']) {
      expect(told).toContain(word);
    }
  });

  it('has its boxes apart and inside, and every line between two of them', () => {
    const { before, after } = pictureOf(impactFacts(preview(), plan()));
    for (const scene of [before, after]) {
      const boxes = scene.nodes.map(boxOf);
      for (const box of boxes) {
        expect(box.x + box.width).toBeLessThanOrEqual(WIDTH);
        expect(box.y + box.height).toBeLessThanOrEqual(sceneHeight(scene));
      }
      expect(new Set(boxes.map((box) => `${box.x} ${box.y}`)).size).toBe(boxes.length);
      const ends = scene.edges.flatMap((edge) => [node(scene, edge.from), node(scene, edge.to)]);
      expect(ends).not.toContain(undefined);
    }
  });

  it('leads a link round what lies between its boxes', () => {
    const link = lineOf('link', boxOf({ column: 1, row: 2 }), boxOf({ column: 1, row: 0 }));
    expect(link).toHaveLength(4);
    expect(Math.min(...link.map((point) => point.x))).toBeLessThan(boxOf({ column: 1, row: 0 }).x);
  });

  it('cuts a name that does not fit', () => {
    expect(fitted('Bartholomew Featherstonehaugh', 100)).toBe('Bartholomew …');
    expect(fitted('Amara', 100)).toBe('Amara');
  });
});
