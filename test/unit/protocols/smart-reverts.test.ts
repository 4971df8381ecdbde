import { AbiCoder, Interface, id } from 'ethers';
import { describe, expect, it } from 'vitest';
import { explainSmartRevert } from '../../../electron/protocols/smart/reverts.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import type { Hex } from '../../../shared/values.ts';
import { CUSTODIAN_ROLE } from '../../../electron/protocols/smart/abi.ts';
import { smartErrors } from '../../support/chain-facts.ts';
import { address } from '../store/records.ts';

function step(right: PlanStep['right'] = 'custodian'): PlanStep {
  return {
    name: `recover_token:${address(1)}:${address(0x70)}`,
    phase: 'recover_tokens',
    role: 'token',
    token: address(0x70),
    wallet: address(1),
    right,
    signer: address(0x0b),
    call: { to: address(0x70), data: '0x' },
  };
}

/** Revert bytes of an error as chains send it, encoded apart from our own ABI. */
function revert(signature: string, args: readonly unknown[] = []): Hex {
  const types = signature
    .slice(signature.indexOf('(') + 1, -1)
    .split(',')
    .filter(Boolean);
  return `${id(signature).slice(0, 10)}${AbiCoder.defaultAbiCoder().encode(types, args).slice(2)}` as Hex;
}

/** Arguments for the measured errors, by their types. */
function sampleArguments(signature: string): readonly unknown[] {
  const inputs = Interface.from([`error ${signature}`]).getError(signature.split('(')[0] ?? '')?.inputs ?? [];
  return inputs.map((input) => (input.type === 'address' ? address(9) : CUSTODIAN_ROLE));
}

describe('SMART reverts in words', () => {
  it.each<readonly [string, readonly unknown[], string, string]>([
    ['TokenPaused()', [], 'TOKEN_PAUSED', 'unpause'],
    ['NoTokensToRecover()', [], 'NO_RECOVERABLE_TOKENS', 'history'],
    [
      'AccessControlUnauthorizedAccount(address,bytes32)',
      [address(0x0b), CUSTODIAN_ROLE],
      'CUSTODIAN_PERMISSION_MISSING',
      'CUSTODIAN_ROLE',
    ],
    ['InvalidLostWallet()', [], 'UNKNOWN', 'new preview'],
    ['ComplianceCheckFailed(string)', ['held until June'], 'UNKNOWN', 'rule'],
    ['Error(string)', ['not today'], 'UNKNOWN', 'refusal'],
    ['Panic(uint256)', [17n], 'UNKNOWN', 'refusal'],
  ])('%s is told apart', (signature, args, reason, remedy) => {
    const explained = explainSmartRevert(step(), revert(signature, args), 'reverted');

    expect(explained.reason).toBe(reason);
    expect(explained.remedy).toContain(remedy);
  });

  it.each(smartErrors)('$selector never stands for itself alone', ({ signature, selector }) => {
    const data = revert(signature, sampleArguments(signature));

    expect(data.slice(0, 10)).toBe(selector);
    const explained = explainSmartRevert(step(), data, 'reverted');
    expect(explained.message).not.toBe('');
    expect(explained.remedy).not.toBe('');
  });

  it('keeps what a contract says, decoded where it can be and raw where not', () => {
    const said = (data: Hex): string => explainSmartRevert(step(), data, 'out of gas').message;

    expect(said(revert('ComplianceCheckFailed(string)', ['held until June']))).toContain('held until June');
    expect(said(revert('Error(string)', ['not today']))).toContain('not today');
    expect(said(revert('Panic(uint256)', [17n]))).toContain('Panic(17)');
    expect(said('0xdeadbeef')).toContain('0xdeadbeef');
    expect(said('0x')).toContain('out of gas');
    expect(said('0x08c379a0ff')).toContain('0x08c379a0ff');
  });

  it('names the missing right by the step that lacks it', () => {
    const data = revert('AccessControlUnauthorizedAccount(address,bytes32)', [address(0x0b), CUSTODIAN_ROLE]);
    const explained = explainSmartRevert(step('identityManager'), data, 'reverted');

    expect(explained.reason).toBe('UNKNOWN');
    expect(explained.remedy).toContain('identity manager role');
  });

  it('never tells anybody to move a balance by hand', () => {
    const all = [
      ...smartErrors.map(({ signature }) => revert(signature, sampleArguments(signature))),
      '0x' as Hex,
    ];
    for (const data of all) {
      expect(explainSmartRevert(step(), data, 'reverted').remedy).not.toMatch(
        /\b(transfer|by hand|send|move)\b/i,
      );
    }
  });
});
