/**
 * JSON-RPC to one endpoint. What is asked in the same turn of the event loop travels together, up to the batch
 * size that the node bears: a refused batch is halved, at last to single requests, and the size is remembered.
 */
import { DeskError } from '../../shared/errors.ts';
import { readBatchAnswers, readSingleAnswer } from './batch-answers.ts';
import type { Answer } from './batch-answers.ts';
import { garbage } from './chain-errors.ts';
import { openSlots } from './slots.ts';
import { isRecord } from './wire-values.ts';

const BATCH_MAX = 100;
const POSTS_AT_A_TIME = 8;
/** HTTP statuses by which gateways and nodes refuse a batch. */
const REFUSING_STATUSES: readonly unknown[] = [400, 405, 413, 415, 422, 501];

/** `send` is for what has an effect: never in one batch with reads, and asked again only if surely not taken. */
export type Lane = 'read' | 'send';

export interface RpcClient {
  /** The result. @throws RpcError for the node's errors; DeskError ENDPOINT_*. */
  request(method: string, params: readonly unknown[], lane: Lane): Promise<unknown>;
}

export interface RpcClientOptions {
  readonly post: (body: unknown) => Promise<unknown>;
  readonly batchMax?: number;
}

interface Waiting {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function form({ id, method, params }: Waiting): object {
  return { jsonrpc: '2.0', id, method, params };
}

function refusesBatch(error: unknown): boolean {
  return (
    error instanceof DeskError && isRecord(error.cause) && REFUSING_STATUSES.includes(error.cause['status'])
  );
}

function settle(request: Waiting, answer: Answer): void {
  if (answer.kind === 'result') request.resolve(answer.value);
  else request.reject(answer.kind === 'error' ? answer.error : garbage('the request was refused'));
}

export function openRpcClient({ post, batchMax = BATCH_MAX }: RpcClientOptions): RpcClient {
  const inSlot = openSlots(POSTS_AT_A_TIME);
  const queues: Record<Lane, Waiting[]> = { read: [], send: [] };
  let size = batchMax;
  let lastId = 0;

  /** Asks for one part and settles it; answers what the node refused for the size of the batch. */
  async function ask(part: readonly Waiting[], lane: Lane): Promise<readonly Waiting[]> {
    const [first] = part;
    if (first === undefined) return [];
    try {
      if (part.length === 1) {
        settle(first, readSingleAnswer(first.id, await post(form(first))));
        return [];
      }
      const body = await post(part.map(form));
      const answers = readBatchAnswers(
        part.map(({ id }) => id),
        body,
        lane === 'read' ? 'refused' : 'garbage',
      );
      return part.filter((request) => {
        const answer = answers.get(request.id) ?? { kind: 'refused' };
        if (answer.kind !== 'refused') settle(request, answer);
        return answer.kind === 'refused';
      });
    } catch (error) {
      if (part.length > 1 && refusesBatch(error)) return part;
      for (const request of part) request.reject(error);
      return [];
    }
  }

  async function runPart(part: readonly Waiting[], lane: Lane): Promise<void> {
    const refused = await inSlot(() => ask(part, lane));
    if (refused.length === 0) return;
    size = Math.max(1, Math.min(size, Math.floor(part.length / 2)));
    await run(refused, lane);
  }

  async function run(requests: readonly Waiting[], lane: Lane): Promise<void> {
    const parts: Promise<void>[] = [];
    for (let start = 0; start < requests.length; start += size) {
      parts.push(runPart(requests.slice(start, start + size), lane));
    }
    await Promise.all(parts);
  }

  function flush(lane: Lane): void {
    const requests = queues[lane];
    queues[lane] = [];
    void run(requests, lane);
  }

  return {
    request(method, params, lane) {
      return new Promise((resolve, reject) => {
        const queue = queues[lane];
        lastId += 1;
        if (queue.push({ id: lastId, method, params, resolve, reject }) === 1) {
          setImmediate(() => flush(lane));
        }
      });
    },
  };
}
