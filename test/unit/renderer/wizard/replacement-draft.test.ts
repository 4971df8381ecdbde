import { describe, expect, it } from 'vitest';
import {
  addressProblem,
  emptyReplacement,
  problemsOfReplacement,
  replacementChoice,
  signatureProblem,
} from '../../../../renderer/features/wizard/replacement-draft.ts';
import { signedStatement } from '../../../../renderer/features/wizard/typed-data.ts';
import { toAddress } from '../../../../shared/address.ts';
import { LOST, REPLACEMENT } from './previews.ts';

const MIXED = toAddress('0x52908400098527886e0f7030069857d2e4169ee7');
const needs = { lostWallet: LOST, challenged: REPLACEMENT, hold: false };
const proof = { ...emptyReplacement(REPLACEMENT), signature: `0x${'ab'.repeat(65)}` };

describe('the replacement that is being chosen', () => {
  it('is refused in words when it is missing, malformed, mistyped or the lost wallet', () => {
    expect(addressProblem('', LOST)).toMatch(/^Enter/);
    expect(addressProblem('0x12', LOST)).toMatch(/no address/);
    expect(addressProblem('0xde709f2102306220921060314715629080e2fb7A', LOST)).toMatch(/checksum/);
    expect(addressProblem(LOST, LOST)).toMatch(/lost wallet itself/);
    expect(addressProblem(` ${MIXED} `, LOST)).toBeNull();
  });

  it('needs a signature in the form of one', () => {
    expect(signatureProblem('')).toMatch(/^Paste/);
    expect(signatureProblem('0xabc')).toMatch(/pairs/);
    expect(signatureProblem(`0x${'a'.repeat(20_000)}`)).toMatch(/too long/);
    expect(signatureProblem(proof.signature)).toBeNull();
  });

  it('is sent as a proof only for the address that the text was made for', () => {
    expect(replacementChoice(proof, needs)?.choice).toEqual({
      kind: 'proof',
      address: REPLACEMENT,
      signature: proof.signature,
    });
    expect(problemsOfReplacement({ ...proof, address: MIXED }, needs).challenge).toBeDefined();
    expect(replacementChoice({ ...proof, address: MIXED }, needs)).toBeNull();
  });

  it('needs the reference of a hold where there may be one', () => {
    const held = { ...needs, hold: true };
    expect(replacementChoice(proof, held)).toBeNull();
    expect(replacementChoice({ ...proof, holdReference: ' C-1 ' }, held)?.holdReference).toBe('C-1');
  });

  it('needs neither address nor signature when the desk makes the wallet', () => {
    expect(replacementChoice({ ...emptyReplacement(null), kind: 'generate' }, needs)).toEqual({
      holdReference: null,
      choice: { kind: 'generate' },
    });
  });

  it('goes without a signature on a call-back, never without an address', () => {
    expect(replacementChoice({ ...emptyReplacement(null), kind: 'call_back' }, needs)).toBeNull();
    const given = { ...emptyReplacement(REPLACEMENT), kind: 'call_back' as const };
    expect(replacementChoice(given, needs)?.choice).toEqual({ kind: 'call_back', address: REPLACEMENT });
  });
});

describe('the text to sign', () => {
  it('shows the sentence that the wallet will show', () => {
    expect(signedStatement('{"message":{"statement":"I control it."}}')).toBe('I control it.');
    expect(signedStatement('not JSON')).toBeNull();
    expect(signedStatement('{"message":{}}')).toBeNull();
  });
});
