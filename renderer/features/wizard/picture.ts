/** The before/after picture as data: who holds what now, and who will. Drawn by impact-picture.tsx. */
import { shortAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import { counted } from '../../components/counted.ts';
import type { ImpactFacts } from './impact-facts.ts';

/** What happens to a thing. `left`: stays behind on what is cut off. */
export type Change = 'stays' | 'created' | 'revoked' | 'moved' | 'left';

type NodeId = 'person' | 'lost' | 'old' | 'replacement' | 'new' | 'tokens' | 'staying' | 'claims';

/** Columns: person; wallet and tokens; identity and claims. Rows: two for what is in use, two for what is cut off. */
export interface PictureNode {
  readonly id: NodeId;
  readonly column: 0 | 1 | 2;
  readonly row: 0 | 1 | 2 | 3;
  readonly title: string;
  readonly detail: string;
  readonly change: Change;
  /** The change in a word or two, on the box itself: colour alone says nothing. */
  readonly mark: string | null;
}

/** `holds`: a hold that works; `cut`: one that does not any more; `link`: the chain's own note of the replacement. */
export interface PictureEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: 'holds' | 'cut' | 'link';
}

export interface Scene {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** The scene in sentences, for whoever does not see it. */
  readonly told: readonly string[];
}

export interface Picture {
  readonly before: Scene;
  readonly after: Scene;
}

type Place = readonly [column: PictureNode['column'], row: PictureNode['row']];

function node(
  id: NodeId,
  [column, row]: Place,
  [title, detail]: readonly [string, string],
  [change, mark]: readonly [Change, string | null] = ['stays', null],
): PictureNode {
  return { id, column, row, title, detail, change, mark };
}

const edge = (from: NodeId, kind: PictureEdge['kind'], to: NodeId): PictureEdge => ({ from, to, kind });

const shortOr = (address: Address | null | undefined, none: string): string =>
  address === null || address === undefined ? none : shortAddress(address);

export function pictureOf(facts: ImpactFacts): Picture {
  return { before: before(facts), after: after(facts) };
}

function before(facts: ImpactFacts): Scene {
  const { person, lostWallet, oldIdentity, adopts } = facts;
  const tokens = counted(facts.moving.length + facts.staying.length, 'token');
  const claims = counted(facts.claims.length, 'claim');
  return {
    title: 'Now',
    nodes: [
      node('person', [0, 0], [person, 'has no access']),
      node('lost', [1, 0], ['Lost wallet', shortOr(lostWallet, 'none')]),
      node('old', [2, 0], ['Identity', shortOr(oldIdentity, 'not known any more')]),
      node('tokens', [1, 1], [tokens, 'on the lost wallet']),
      node('claims', [2, 1], [claims, 'on the identity']),
    ],
    edges: [
      edge('person', 'cut', 'lost'),
      edge('lost', adopts ? 'cut' : 'holds', 'old'),
      edge('lost', 'holds', 'tokens'),
      edge('old', 'holds', 'claims'),
    ],
    told: [
      `${person} can no longer use the lost wallet ${shortOr(lostWallet, '')}.`,
      adopts
        ? 'It is marked as lost already, by a recovery begun before.'
        : `It is registered with the identity ${shortOr(oldIdentity, 'that is not known any more')}.`,
      `It holds ${tokens} of this system; the identity carries ${claims}.`,
    ],
  };
}

function after(facts: ImpactFacts): Scene {
  const { person, replacement, staying, claims } = facts;
  return {
    title: 'After the recovery',
    nodes: [
      node('person', [0, 0], [person, 'has access again']),
      node(
        'replacement',
        [1, 0],
        ['Replacement wallet', shortOr(replacement?.address, 'to be chosen below')],
        replacement?.kind === 'generated' ? ['created', 'created'] : undefined,
      ),
      node(
        'new',
        [2, 0],
        ['New identity', shortOr(replacement?.identity, 'follows the wallet')],
        identityStands(facts) ? ['stays', 'exists already'] : ['created', 'created'],
      ),
      arrivedNode(facts),
      node('lost', [1, 2], ['Lost wallet', shortOr(facts.lostWallet, 'none')], ['revoked', cutWords(facts)]),
      node('old', [2, 2], ['Old identity', shortOr(facts.oldIdentity, 'not known')], ['revoked', 'cut off']),
      ...(staying.length === 0 ? [] : [leftNode('staying', 1, counted(staying.length, 'token'), FAILING)]),
      ...(claims.length === 0 ? [] : [leftNode('claims', 2, counted(claims.length, 'claim'), ANEW)]),
    ],
    edges: [
      edge('person', 'holds', 'replacement'),
      edge('replacement', 'holds', 'new'),
      edge('replacement', 'holds', 'tokens'),
      edge('lost', 'link', 'replacement'),
      edge('lost', 'cut', 'old'),
      ...(staying.length === 0 ? [] : [edge('lost', 'holds', 'staying')]),
      ...(claims.length === 0 ? [] : [edge('old', 'holds', 'claims')]),
    ],
    told: afterTold(facts),
  };
}

const FAILING = 'expected to fail';
const ANEW = 'to be issued anew';

function identityStands({ adopts, replacement }: ImpactFacts): boolean {
  return adopts || replacement?.identityExists === true;
}

function cutWords({ frozenFirst }: ImpactFacts): string {
  return frozenFirst.length > 0 ? 'frozen, cut off' : 'cut off';
}

function arrivedNode({ moving, alreadyRecovered }: ImpactFacts): PictureNode {
  const title = counted(moving.length + alreadyRecovered.length, 'token');
  if (moving.length > 0) return node('tokens', [1, 1], [title, 'whole balance'], ['moved', 'moved']);
  return node('tokens', [1, 1], [title, 'on the replacement']);
}

function leftNode(id: NodeId, column: 1 | 2, title: string, detail: string): PictureNode {
  return node(id, [column, 3], [title, detail], ['left', 'not moved']);
}

function afterTold(facts: ImpactFacts): readonly string[] {
  const { person, replacement, moving, staying, claims } = facts;
  const wallet = replacement === null ? 'a replacement wallet, chosen below' : 'the replacement wallet';
  return [
    `${person} holds ${wallet}, registered with a new identity.`,
    `The whole balance of ${counted(moving.length, 'token')} is moved to the replacement wallet.`,
    'The lost wallet is marked as lost, linked to the replacement, and cut off from the old identity.',
    ...(facts.frozenFirst.length === 0
      ? []
      : [`Before that it is frozen on ${counted(facts.frozenFirst.length, 'token')}.`]),
    ...(staying.length === 0
      ? []
      : [`Not moved: ${counted(staying.length, 'token')} expected to fail, on the lost wallet.`]),
    ...(claims.length === 0
      ? []
      : [`Not moved: ${counted(claims.length, 'claim')} on the old identity, to be issued anew.`]),
  ];
}
