/** Weighs what a token asks of claims: yes, no, or null where that cannot be said. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { ClaimFacts, TopicNode } from '../../protocols/claiming.ts';

export type Verdict = boolean | null;

/** Whether a valid claim of a trusted issuer is on the topic; null while one of both is not known. */
export function holdsTopic(facts: ClaimFacts | null, topic: string): Verdict {
  if (facts === null) return null;
  const claims = facts.claims.filter((claim) => claim.topic === topic);
  if (claims.some(({ valid, trusted }) => valid === true && trusted === true)) return true;
  return claims.some(({ valid, trusted }) => valid !== false && trusted !== false) ? null : false;
}

function both(a: Verdict, b: Verdict): Verdict {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function not(a: Verdict): Verdict {
  return a === null ? null : !a;
}

/** Folds the nodes of a postfix expression; null for one that does not come out at one value. */
function fold<T>(
  expression: readonly TopicNode[],
  of: { topic(topic: string): T; not(a: T): T; join(kind: 'and' | 'or', a: T, b: T): T },
): { readonly value: T } | null {
  const stack: T[] = [];
  for (const node of expression) {
    switch (node.kind) {
      case 'topic':
        stack.push(of.topic(node.topic));
        break;
      case 'not': {
        const [a] = stack.splice(-1);
        if (a === undefined) return null;
        stack.push(of.not(a));
        break;
      }
      case 'and':
      case 'or': {
        const [a, b] = stack.splice(-2);
        if (a === undefined || b === undefined) return null;
        stack.push(of.join(node.kind, a, b));
        break;
      }
      default:
        assertNever(node);
    }
  }
  const [value, ...others] = stack;
  return value === undefined || others.length > 0 ? null : { value };
}

/** @param expression in postfix order; an empty one asks for nothing, null is not known. */
export function satisfies(
  expression: readonly TopicNode[] | null,
  holds: (topic: string) => Verdict,
): Verdict {
  if (expression === null) return null;
  if (expression.length === 0) return true;
  // Wrapped: null is a value here, and undefined would be none.
  const folded = fold<{ readonly is: Verdict }>(expression, {
    topic: (topic) => ({ is: holds(topic) }),
    not: (a) => ({ is: not(a.is) }),
    join: (kind, a, b) => ({
      is: kind === 'and' ? both(a.is, b.is) : not(both(not(a.is), not(b.is))),
    }),
  });
  return folded?.value.is ?? null;
}

interface Asked {
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
}

/** Topics of which a claim helps; not those that must be absent. */
export function wantedTopics(expression: readonly TopicNode[]): readonly string[] {
  const folded = fold<Asked>(expression, {
    topic: (topic) => ({ wanted: [topic], unwanted: [] }),
    not: ({ wanted, unwanted }) => ({ wanted: unwanted, unwanted: wanted }),
    join: (_kind, a, b) => ({
      wanted: [...a.wanted, ...b.wanted],
      unwanted: [...a.unwanted, ...b.unwanted],
    }),
  });
  return [...new Set(folded?.value.wanted)];
}
