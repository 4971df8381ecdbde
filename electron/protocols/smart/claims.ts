/** ERC-735 claims of an identity against the system's claim topics and trusted issuers. */
import type { Address } from '../../../shared/address.ts';
import { toAddress } from '../../../shared/address.ts';
import { plainText } from '../../../shared/plain-text.ts';
import type { Hex } from '../../../shared/values.ts';
import type { ClaimFacts } from '../claiming.ts';
import type { ChainView } from '../recovery-protocol.ts';
import { boolAnswer, call, eventTopic, listAnswer, smartAbi, tupleAnswer } from './abi.ts';
import type { SmartParts } from './parts.ts';

async function topicNames(view: ChainView, registry: Address): Promise<ReadonlyMap<string, string>> {
  const logs = await view.scan('topics', {
    address: registry,
    topics: [eventTopic('TopicSchemeRegistered')],
  });
  return new Map(
    logs.flatMap((entry) => {
      const parsed = smartAbi.parseLog({ topics: [...entry.topics], data: entry.data });
      const topic: unknown = parsed?.args['topicId'];
      const name: unknown = parsed?.args['name'];
      return typeof topic === 'bigint' && typeof name === 'string'
        ? [[topic.toString(), plainText(name)] as const]
        : [];
    }),
  );
}

/** Claims on the identity for every topic of the system; null where topics or claims cannot be read. */
export async function claimFacts(
  view: ChainView,
  parts: SmartParts,
  identity: Address,
): Promise<ClaimFacts | null> {
  const registry = parts.topicSchemeRegistry;
  if (registry === undefined) return null;
  const [answer] = await view.reader.calls([call(registry, 'getAllTopicIds')]);
  const topics = listAnswer('getAllTopicIds', answer)?.map(String);
  if (topics === undefined) return null;
  const names = await topicNames(view, registry);
  const ids = await view.reader.calls(topics.map((topic) => call(identity, 'getClaimIdsByTopic', [topic])));
  const lists = ids.map((result) => listAnswer('getClaimIdsByTopic', result));
  if (lists.some((list) => list === null)) return null;
  const found = await view.reader.calls(
    lists.flatMap((list) => (list ?? []).map((id) => call(identity, 'getClaim', [id]))),
  );
  const claims = found.flatMap((result) => {
    const [topic, , issuer, signature, data] = tupleAnswer('getClaim', result) ?? [];
    return typeof topic === 'bigint' && typeof issuer === 'string'
      ? [
          {
            topic: topic.toString(),
            issuer: toAddress(issuer),
            signature: String(signature),
            data: String(data).toLowerCase() as Hex,
          },
        ]
      : [];
  });
  const issuers = parts.trustedIssuersRegistry;
  const trusted =
    issuers === undefined
      ? []
      : await view.reader.calls(
          claims.map((claim) => call(issuers, 'hasClaimTopic', [claim.issuer, claim.topic])),
        );
  const valid = await view.reader.calls(
    claims.map(({ issuer, topic, signature, data }) =>
      call(issuer, 'isClaimValid', [identity, topic, signature, data]),
    ),
  );
  return {
    claims: claims.map(({ topic, issuer, data }, index) => ({
      topic,
      topicName: names.get(topic) ?? null,
      issuer,
      trusted: boolAnswer('hasClaimTopic', trusted[index]),
      valid: boolAnswer('isClaimValid', valid[index]),
      data,
    })),
    topics: topics.map((topic) => ({ topic, name: names.get(topic) ?? null })),
    requiredTopics: topics.map((topic) => names.get(topic) ?? topic),
  };
}
