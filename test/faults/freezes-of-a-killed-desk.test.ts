import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../../shared/outcome.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

function frozenBy(followUps: readonly FollowUp[]): string | undefined {
  return followUps.find(({ code }) => code === 'LOST_WALLET_LEFT_FROZEN')?.message;
}

describe('a desk that was killed after it froze the lost wallet', () => {
  it('tells of the freezes from its journal, without a network and before anybody resumes', async () => {
    const { desk, data } = scene;
    const line = desk.recoverArgs(desk.person('luca-ferri'), data, '--reason', 'compromised');
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'sent:contain' }, line);
    expect(killed.signal).toBe('SIGKILL');
    const { id } = readJournalFile(data).recovery;

    const status = await terminal(['status', id, '--json', '--data', data]);
    const listed = await terminal(['list', '--json', '--data', data]);
    const plain = await terminal(['list', '--data', data]);

    const told = frozenBy(resultOf(status).followUps);
    expect(told).toContain('NGB28');
    expect(told).toContain('While it is under way, or if it was cut off');
    const [row] = JSON.parse(listed.stdout) as readonly { readonly followUps: readonly FollowUp[] }[];
    expect(frozenBy(row?.followUps ?? [])).toBe(told);
    expect(plain.stdout).toContain(`${id}  LOST_WALLET_LEFT_FROZEN: ${told}`);

    const run = await terminal(resumeArgs(desk, data, desk.passphraseFile()));

    expect(frozenBy(resultOf(run).followUps)).toBeUndefined();
    expect((await terminal(['list', '--data', data])).stdout).not.toContain('LOST_WALLET_LEFT_FROZEN');
  });
});
