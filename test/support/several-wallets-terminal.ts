/** Command lines that recover the practice person with several wallets, and what they must leave behind, or not. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { recoveryResultSchema } from '../../shared/outcome.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { codesOf, documentOf, previewOf, withoutEffect } from './command-line.ts';
import type { DeskScene } from './desk-scene.ts';
import { severalWallets, walletFacts } from './several-wallets.ts';
import type { SeveralWallets, WalletFacts } from './several-wallets.ts';
import { terminal } from './terminal.ts';
import type { TerminalRun } from './terminal.ts';

type Argv = readonly string[];

export interface SeveralWalletsTerminal {
  readonly freya: () => SeveralWallets;
  readonly facts: () => WalletFacts;
  /** A lost key and a lost smart account, which gets one of the factory's; the third wallet is healthy, and moves. */
  readonly allSaid: () => Argv;
  /** The holder's address for the lost wallet of the case, with its proof. */
  readonly proven: (role?: string) => Promise<Argv>;
  /** The same for a further lost wallet. */
  readonly provenFor: (wallet: string, role?: string) => Promise<Argv>;
  readonly recover: (...more: Argv) => Promise<TerminalRun>;
  /** How many rows the data folder has of what a plan leaves behind, and how many keystores. */
  readonly stored: () => Readonly<Record<string, number>>;
  /** Recovers, and holds that to be refused or blocked: nothing was sent, opened, made or stored. */
  readonly refused: (...more: Argv) => Promise<TerminalRun>;
  /** The codes of what stood in the way of that. */
  readonly blockers: (...more: Argv) => Promise<Argv>;
}

const NOTHING = { cases: 0, previews: 0, plans: 0, wallets: 0, keystores: 0 };

function storedIn(data: string): Readonly<Record<string, number>> {
  const file = path.join(data, 'desk.sqlite');
  if (!existsSync(file)) return NOTHING;
  const database = new Database(file, { readonly: true });
  const count = (table: string): number =>
    Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  const folder = path.join(data, 'wallets');
  try {
    return {
      cases: count('recoveryCase'),
      previews: count('preview'),
      plans: count('plan'),
      wallets: count('generatedWallet'),
      keystores: existsSync(folder) ? readdirSync(folder).length : 0,
    };
  } finally {
    database.close();
  }
}

/** The result of a recovery that completed, with every field as the contract has it. */
export function completedOf(run: TerminalRun): RecoveryResult {
  expect(run.code, run.stderr).toBe(0);
  return recoveryResultSchema.parse(documentOf(run));
}

export function severalWalletsTerminal(scene: DeskScene): SeveralWalletsTerminal {
  const freya = (): SeveralWallets => severalWallets(scene.desk);
  const recover = (...more: Argv): Promise<TerminalRun> =>
    terminal(scene.desk.recoverArgs(freya().person, scene.data, ...more));
  const refused = async (...more: Argv): Promise<TerminalRun> => {
    const run = await withoutEffect(scene.desk, scene.data, () => recover(...more));
    expect(storedIn(scene.data)).toEqual(NOTHING);
    return run;
  };
  return {
    freya,
    recover,
    refused,
    facts: () => walletFacts(scene.desk, scene.acts),
    stored: () => storedIn(scene.data),
    allSaid() {
      const { account, healthy } = freya();
      return ['--also-lost', `${account.wallet}=account`, '--moves', healthy.wallet];
    },
    async proven(role = 'replacement') {
      const { replacement, proof } = await scene.desk.proofBy(role, freya().person, scene.data);
      return ['--replacement', replacement, '--proof', proof];
    },
    async provenFor(wallet, role = 'second-replacement') {
      const also = ['--also-lost', wallet];
      const made = await scene.desk.proofBy(role, freya().person, scene.data, ...also);
      return ['--also-lost', `${wallet}=${made.replacement}`, '--proof-for', `${wallet}=${made.proof}`];
    },
    async blockers(...more) {
      const run = await refused(...more);
      expect(run.code).toBe(4);
      return codesOf(previewOf(run).preview.blockers);
    },
  };
}
