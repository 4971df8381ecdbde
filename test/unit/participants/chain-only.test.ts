import { describe, expect, it } from 'vitest';
import { chainParticipant } from '../../../electron/participants/chain-only.ts';
import { toAddress } from '../../../shared/address.ts';
import { participantSchema } from '../../../shared/participant.ts';

const LOST = toAddress(`0x${'a1'.repeat(20)}`);
const SECOND = toAddress(`0x${'b2'.repeat(20)}`);
const IDENTITY = toAddress(`0x${'c3'.repeat(20)}`);

describe('a participant without a directory', () => {
  it('is the identity on its chain, without a name', () => {
    const participant = chainParticipant(31_337, LOST, IDENTITY);
    expect(participant).toEqual({
      id: `identity:31337:${IDENTITY}`,
      name: null,
      source: 'chain',
      wallets: [{ address: LOST, effective: true }],
    });
    expect(participantSchema.parse(participant)).toEqual(participant);
  });

  it('keeps its id whichever of its wallets is lost', () => {
    expect(chainParticipant(1, LOST, IDENTITY).id).toBe(chainParticipant(1, SECOND, IDENTITY).id);
  });

  it('is another one on another chain', () => {
    expect(chainParticipant(1, LOST, IDENTITY).id).not.toBe(chainParticipant(2, LOST, IDENTITY).id);
  });

  it('is the wallet where there is no identity', () => {
    expect(chainParticipant(1, LOST, null).id).toBe(`wallet:1:${LOST}`);
  });
});
