import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nodeClient } from '../../../electron/practice/node-client.ts';
import { BULK_PERSON } from '../../../electron/practice/people.ts';
import { openPracticeNetwork } from '../../../electron/practice/practice-network.ts';
import type { PracticeNetwork } from '../../../electron/practice/practice-network.ts';

describe('opening a practice network', () => {
  async function inFolder(
    options: Omit<Parameters<typeof openPracticeNetwork>[0], 'folder'>,
    look: (opened: PracticeNetwork, again: () => Promise<PracticeNetwork>) => Promise<void>,
  ): Promise<void> {
    const own = mkdtempSync(path.join(tmpdir(), 'practice-open-'));
    const opened: PracticeNetwork[] = [];
    const open = async () => {
      const one = await openPracticeNetwork({ folder: own, ...options });
      opened.push(one);
      return one;
    };
    try {
      await look(await open(), open);
    } finally {
      for (const one of opened) await one.close();
      rmSync(own, { recursive: true, force: true });
    }
  }

  it('goes on with the network that is there, however often', () =>
    inFolder({}, async (first, again) => {
      await first.close();
      for (let start = 0; start < 5; start += 1) {
        const next = await again();
        expect(next.fresh).toBe(false);
        expect(next.seed).toEqual(first.seed);
        await next.close();
      }
    }));

  it('sets it up anew where the seed file is gone', () =>
    inFolder({}, async (first, again) => {
      await first.close();
      rmSync(first.files.seed);

      const second = await again();

      expect(second.fresh).toBe(true);
      expect(second.seed.people).toHaveLength(first.seed.people.length);
    }));

  it('gives one more person as many tokens as are asked for', () =>
    inFolder({ tokens: 200 }, async ({ seed }) => {
      const bulk = seed.people.find((one) => one.id === BULK_PERSON);

      expect(bulk?.holdings).toHaveLength(200);
      expect(seed.tokens).toHaveLength(214);
    }));

  it('can be slow to mine, final later, and free of gas', () =>
    inFolder({ blockTime: 1, finality: { confirmations: 3 }, fees: 'zero' }, async ({ profile, node }) => {
      const own = nodeClient(node.url, 31337);
      const before = await own.getBlockNumber();
      await wait(2_200);

      expect(profile).toMatchObject({ confirmations: 3, fees: 'zero' });
      expect(profile.finality).toBeUndefined();
      expect(await own.getBlockNumber()).toBeGreaterThan(before);
      expect((await own.getBlock('latest'))?.baseFeePerGas).toBe(0n);
      own.destroy();
    }));
});
