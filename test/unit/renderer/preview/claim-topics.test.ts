import { describe, expect, it } from 'vitest';
import { isOfTopic, missingTopics, topicText } from '../../../../renderer/features/preview/claim-topics.ts';

const NUMBER = '6'.repeat(60);
const named = { topic: NUMBER, topicName: 'knowYourCustomer' };
const nameless = { topic: '7', topicName: null };

describe('claim topics', () => {
  it('are met by a claim of that name, and by one of that number', () => {
    expect(isOfTopic(named, 'knowYourCustomer')).toBe(true);
    expect(isOfTopic(named, NUMBER)).toBe(true);
    expect(isOfTopic(nameless, '7')).toBe(true);
    expect(isOfTopic(nameless, 'knowYourCustomer')).toBe(false);
  });

  it('are missing only where no claim is of them', () => {
    expect(missingTopics([named, nameless], ['knowYourCustomer', '7', 'accreditedInvestor'])).toEqual([
      'accreditedInvestor',
    ]);
  });

  it('are shown by name in full, and by number in short', () => {
    expect(topicText('knowYourCustomer')).toBe('knowYourCustomer');
    expect(topicText('7')).toBe('Topic 7');
    expect(topicText(NUMBER)).toBe('Topic 66666…6666');
  });
});
