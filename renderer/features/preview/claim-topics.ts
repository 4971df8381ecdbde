/** Claim topics: required ones come by their name where the registry has one, else by their number. */
import type { Preview } from '../../../shared/preview.ts';

type Claim = Preview['claims'][number];

/** Whether a claim is of a required topic. */
export function isOfTopic(claim: Pick<Claim, 'topic' | 'topicName'>, topic: string): boolean {
  return claim.topic === topic || claim.topicName === topic;
}

/** Required topics that no claim is of. */
export function missingTopics(
  claims: readonly Pick<Claim, 'topic' | 'topicName'>[],
  required: readonly string[],
): readonly string[] {
  return required.filter((topic) => !claims.some((claim) => isOfTopic(claim, topic)));
}

/** A name as it is; numbers can have 78 digits. */
export function topicText(topic: string): string {
  if (!/^\d+$/u.test(topic)) return topic;
  return topic.length <= 12 ? `Topic ${topic}` : `Topic ${topic.slice(0, 5)}…${topic.slice(-4)}`;
}
