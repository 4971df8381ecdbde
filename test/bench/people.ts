/** Ten thousand made-up people on the practice network's profile, as a desk that works with a real network has them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PracticeFiles } from '../../electron/practice/practice-files.ts';
import { openPracticeNetwork } from '../../electron/practice/practice-network.ts';
import type { Address } from '../../shared/address.ts';
import { sampleAddress, samplePeople } from '../support/fake-desk-data.ts';

export const PEOPLE = 10_000;

export interface ListedPerson {
  readonly id: string;
  readonly name: string | null;
  readonly wallets: readonly Address[];
}

export interface People {
  readonly list: readonly ListedPerson[];
  readonly operator: PracticeFiles['operator'];
  /** A new data folder whose desk connects to the network, with the people. */
  dataFolder(name: string): string;
  close(): Promise<void>;
}

/** @param folder to lay files out in. */
export async function openPeople(folder: string): Promise<People> {
  const network = await openPracticeNetwork({ folder: path.join(folder, 'network') });
  const list = samplePeople(PEOPLE).map(({ id, name, effectiveWallet, wallets }): ListedPerson => {
    const second = wallets > 1 ? [sampleAddress(`second wallet ${id}`)] : [];
    return { id, name, wallets: effectiveWallet === null ? [] : [effectiveWallet, ...second] };
  });
  const file = path.join(folder, 'people.json');
  writeFileSync(file, JSON.stringify({ participants: list }));
  return {
    list,
    operator: network.files.operator,
    dataFolder(name) {
      const data = path.join(folder, name);
      const networks = [{ id: 'bench', file: network.files.network, participants: file }];
      mkdirSync(data, { recursive: true, mode: 0o700 });
      writeFileSync(path.join(data, 'settings.json'), JSON.stringify({ networks, chosen: 'bench' }), {
        mode: 0o600,
      });
      return data;
    },
    close: () => network.close(),
  };
}
