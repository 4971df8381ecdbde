/** Reads JSON-RPC answers, single and batched, in whatever order they come. @see https://www.jsonrpc.org/specification */
import { RpcError, garbage, isBusy } from './chain-errors.ts';
import { isRecord } from './wire-values.ts';

/** What one request came to. `refused`: not answered because of the size of the batch. */
export type Answer =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: Error }
  | { readonly kind: 'refused' };

const REFUSED: Answer = { kind: 'refused' };
const TOO_LARGE = /batch|response (is )?too (large|big)|response size/i;

function readError(value: unknown): RpcError | null {
  if (!isRecord(value) || typeof value['code'] !== 'number' || typeof value['message'] !== 'string')
    return null;
  return new RpcError(value['code'], value['message'], value['data']);
}

function readEntry(entry: unknown): Answer {
  if (isRecord(entry) && entry['error'] !== undefined && entry['error'] !== null) {
    const error = readError(entry['error']);
    return { kind: 'error', error: error ?? garbage('an error has no code or no message') };
  }
  if (isRecord(entry) && entry['result'] !== undefined) return { kind: 'result', value: entry['result'] };
  return { kind: 'error', error: garbage('it is neither a result nor an error') };
}

/** The answer to a request that was posted alone. */
export function readSingleAnswer(id: number, body: unknown): Answer {
  if (!isRecord(body)) return { kind: 'error', error: garbage('it is no JSON-RPC object') };
  const answer = readEntry(body);
  // The id of an error may be null: the node could not read the request.
  if (answer.kind === 'result' && body['id'] !== id) {
    return { kind: 'error', error: garbage('it answers another request') };
  }
  return answer;
}

function saysTooLarge(answer: Answer): boolean {
  return (
    answer.kind === 'error' && answer.error instanceof RpcError && TOO_LARGE.test(answer.error.nodeMessage)
  );
}

/** One error for the whole batch: a busy node is told apart from one that refuses batches. */
function readWholeError(ids: readonly number[], body: unknown): ReadonlyMap<number, Answer> {
  const whole = readEntry(body);
  const answer = whole.kind === 'error' && isBusy(whole.error) ? whole : REFUSED;
  return new Map(ids.map((id) => [id, answer]));
}

/**
 * The answers to a batch by id. What has no answer counts as refused where the node complained about the size
 * and, with `missing` "refused", also where it gave no reason.
 */
export function readBatchAnswers(
  ids: readonly number[],
  body: unknown,
  missing: 'refused' | 'garbage',
): ReadonlyMap<number, Answer> {
  if (isRecord(body) && 'error' in body) return readWholeError(ids, body);
  if (!Array.isArray(body)) {
    const error = garbage('it is no list of answers');
    return new Map(ids.map((id) => [id, { kind: 'error', error }]));
  }
  const found = new Map<unknown, Answer>();
  for (const entry of body) {
    if (isRecord(entry)) found.set(entry['id'], readEntry(entry));
  }
  const complained = [...found.values()].some(saysTooLarge);
  const unanswered: Answer =
    complained || missing === 'refused' ? REFUSED : { kind: 'error', error: garbage('an answer is missing') };
  return new Map(
    ids.map((id) => {
      const answer = found.get(id) ?? unanswered;
      return [id, saysTooLarge(answer) ? REFUSED : answer];
    }),
  );
}
