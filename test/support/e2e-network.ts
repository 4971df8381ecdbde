/** A desk at work on a network of its own settings, as on a real one: nobody is signed in, nothing is made easy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { JsonRpcProvider } from 'ethers';
import { answerAsHolder, holderWallet } from '../../electron/practice/practice-holder.ts';
import { openPracticeNetwork, type PracticeNetwork } from '../../electron/practice/practice-network.ts';
import type { Policy } from '../../shared/policy.ts';
import { layPolicy } from './desk-policy.ts';
import { DeskRun, type DeskOptions } from './e2e-desk.ts';
import { step, toEntry, toPreview, typeConfirmation, type Recovering } from './e2e-hands.ts';
import { NEW_PASSPHRASE } from './e2e-operators.ts';
import { personNamed } from './e2e-practice.ts';
import { practiceActs, type PracticeActs } from './practice-acts.ts';
import { practiceProvider } from './practice-provider.ts';

/** From the preview to a plan: the holder is asked, and answers, outside of the desk. */
export async function toPlanByHolder(
  page: Page,
  { seed }: Pick<PracticeNetwork, 'seed'>,
  name: string,
): Promise<void> {
  await page.getByRole('button', { name: 'See the impact' }).click();
  const replacement = holderWallet(personNamed(seed, name));
  await page.getByLabel('Address of the replacement wallet').fill(replacement);
  await page.getByRole('button', { name: 'Make the text to sign' }).click();
  const typedData =
    (await page.getByRole('region', { name: 'Text for the holder to sign' }).textContent()) ?? '';
  await page.getByLabel('Signature').fill((await answerAsHolder(seed, replacement, typedData)) ?? '');
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(page.getByRole('button', { name: 'Continue to confirmation' })).toBeEnabled();
}

type StartOptions = Pick<DeskOptions, 'environment' | 'nodeFlags'>;

export class NetworkDesk {
  readonly network: PracticeNetwork;
  readonly provider: JsonRpcProvider;
  /** What others do on the network meanwhile. */
  readonly acts: PracticeActs;
  readonly data: string;
  /** For files of the test, gone with the desk. */
  readonly folder: string;
  readonly #options: StartOptions;
  #desk: DeskRun;

  static async open(policy: Partial<Policy> = {}, options: StartOptions = {}): Promise<NetworkDesk> {
    const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-network-'));
    const network = await openPracticeNetwork({ folder: path.join(folder, 'network') });
    return new NetworkDesk(folder, network, { allowVaultWithoutKeychain: true, ...policy }, options);
  }

  private constructor(
    folder: string,
    network: PracticeNetwork,
    policy: Partial<Policy>,
    options: StartOptions,
  ) {
    this.folder = folder;
    this.#options = options;
    this.network = network;
    this.provider = practiceProvider(network);
    this.acts = practiceActs(this);
    this.data = path.join(folder, 'data');
    layPolicy(this.data, policy);
    const { practice: _mark, ...profile } = network.profile;
    const file = path.join(folder, 'profile.json');
    writeFileSync(file, JSON.stringify({ ...profile, name: 'A network of ours' }));
    const networks = [{ id: 'ours', file, participants: network.files.participants }];
    writeFileSync(path.join(this.data, 'settings.json'), JSON.stringify({ networks, chosen: 'ours' }), {
      mode: 0o600,
    });
    this.#desk = new DeskRun({ data: this.data, ...options });
  }

  get desk(): DeskRun {
    return this.#desk;
  }

  /** Ends the desk in order, does what is to be done meanwhile, and starts it anew. */
  async restart(meanwhile: () => unknown = () => undefined): Promise<Page> {
    await this.#desk.stop();
    await meanwhile();
    this.#desk = new DeskRun({ data: this.data, ...this.#options });
    return this.#desk.page();
  }

  /** From anywhere to the open entry window with the confirmation. */
  async toConfirmation(page: Page, whose: Recovering): Promise<Page> {
    await toPreview(page, whose);
    await toPlanByHolder(page, this.network, whose.name);
    return toEntry(this.desk, page);
  }

  /** The whole way to a recovery that runs. */
  async begin(page: Page, whose: Recovering): Promise<void> {
    await typeConfirmation(await this.toConfirmation(page, whose), NEW_PASSPHRASE);
    await expect(step(page, 'progress')).toBeVisible();
  }

  async close(): Promise<void> {
    await this.#desk.stop();
    this.provider.destroy();
    await this.network.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
