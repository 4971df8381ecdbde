import { describe, expect, it } from 'vitest';
import { DIRECTORY_ACTIONS } from '../../../../shared/directory-actions.ts';
import { impactFacts } from '../../../../renderer/features/wizard/impact-facts.ts';
import { impactGroups } from '../../../../renderer/features/wizard/impact-words.ts';
import type { ImpactKind } from '../../../../renderer/features/wizard/impact-words.ts';
import { planActions } from '../../../../renderer/features/wizard/plan-words.ts';
import type { Plan } from '../../../../shared/plan.ts';
import type { Preview } from '../../../../shared/preview.ts';
import { plan, preview, REPLACEMENT, token } from './previews.ts';

function told(kind: ImpactKind, shown: Preview, planned: Plan | null = null): string {
  const group = impactGroups(impactFacts(shown, planned)).find((one) => one.kind === kind);
  return group?.lines.map((line) => line.text).join(' / ') ?? '';
}

const compromised = (changes: Partial<Preview> = {}): Preview =>
  preview({ case: { ...preview().case, reason: 'compromised' }, ...changes });

describe('the impact in words', () => {
  it('has every kind, also where nothing happens', () => {
    const groups = impactGroups(impactFacts(preview({ tokens: [], claims: [] }), null));
    expect(groups.map((group) => group.kind)).toEqual([
      'created',
      'revoked',
      'reset',
      'frozen',
      'moved',
      'left',
    ]);
    expect(groups.every((group) => group.lines.length > 0)).toBe(true);
  });

  it('freezes nothing in a plain loss', () => {
    expect(told('frozen', preview())).toMatch(/^Nothing/);
  });

  it('freezes first, where the right is there, when the key may be stolen', () => {
    const shown = compromised({ tokens: [token('AAA', 'a'), token('BBB', 'b', { custodianRight: false })] });
    expect(told('frozen', shown)).toContain('1 token, before anything else: AAA');
    expect(told('frozen', shown)).not.toContain('BBB');
  });

  it('says so when nothing can be frozen though the key may be stolen', () => {
    expect(told('frozen', compromised({ tokens: [] }))).toContain('no token that you may freeze');
  });

  it('takes what is frozen from the plan once there is one', () => {
    expect(told('frozen', preview(), plan())).toContain('AAA');
  });

  it('tells that a freeze of before goes along', () => {
    expect(told('frozen', preview({ tokens: [token('AAA', 'a', { addressFrozen: true })] }))).toContain(
      'AAA',
    );
  });

  it('names a wallet as made here only if it is', () => {
    const lines = impactGroups(impactFacts(preview(), plan()))[0]?.lines ?? [];
    expect(lines[0]).toEqual({
      text: 'A replacement wallet, made and kept by this desk',
      address: REPLACEMENT,
    });
    const given = { ...plan().replacement, kind: 'given' as const, control: 'proof' as const };
    expect(told('created', preview(), plan({ replacement: given }))).not.toContain('made and kept');
  });

  it('promises of sign-ins what the plan asks of a directory, and nothing where there is none', () => {
    expect(told('revoked', preview())).toContain('not from here');
    expect(told('reset', preview())).toContain('not from here');
    const actions = [...DIRECTORY_ACTIONS];
    const asked = plan({ directory: { kind: 'local', participantId: 'p-1', actions } });
    expect(told('revoked', preview(), asked)).toContain('All sessions');
    expect(told('revoked', preview(), asked)).toContain('held until');
    expect(told('reset', preview(), asked)).toContain('Second factors, passkeys');
    expect(told('moved', preview(), asked)).toContain('participant directory names');
    const silent = { kind: 'local', answers: false as const, message: 'It is down.', participantId: null };
    expect(told('revoked', preview({ directory: silent }))).toContain('All sessions');
  });

  it('lists all that does not move', () => {
    const notRecoverable = { nativeBalance: '1', tokens: [] };
    const left = told('left', preview({ notRecoverable }));
    expect(left).toContain('Know your customer');
    expect(left).toContain('BBB');
    expect(left).toContain('Native coin');
  });

  it('names a few of very many tokens and counts the rest', () => {
    const tokens = Array.from({ length: 9 }, (_, index) => token(`T${index}`, String(index + 1)));
    expect(told('moved', preview({ tokens }))).toContain('T0, T1, T2, T3, T4, T5 and 3 more');
  });
});

describe('the plan in words', () => {
  it('lists its kinds of steps in their order, with transactions and rights', () => {
    expect(planActions(plan()).map(({ role, transactions, right }) => [role, transactions, right])).toEqual([
      ['contain', 1, 'custodian of the token'],
      ['prepare', 1, 'none'],
      ['relink', 1, 'identity manager'],
      ['token', 2, 'custodian of the token'],
    ]);
  });
});
