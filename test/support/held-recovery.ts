/** A desk on a network of one's own, whose recoveries are left standing past their point of no return. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRecords } from '../../electron/records.ts';
import { answerAsHolder, holderWallet } from '../../electron/practice/practice-holder.ts';
import { openPracticeNetwork } from '../../electron/practice/practice-network.ts';
import type { PracticeNetwork } from '../../electron/practice/practice-network.ts';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import { setUpPracticePeople } from '../../electron/workbench/practice-people.ts';
import { toAddress } from '../../shared/address.ts';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import { confirmationText } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { goOnMining, holdMining, personNamed } from './e2e-practice.ts';
import { startNodeProxy } from './node-proxy.ts';
import type { NodeProxy } from './node-proxy.ts';
import { withoutKeychain } from './desk-policy.ts';
import { key, openHands, setUpAndSignIn } from './window-hands.ts';
import type { Hands } from './window-hands.ts';

export const NETWORK = 'A network of ours';
export const OTHER_NETWORK = 'Another network of ours';

export interface PlanMade {
  readonly plan: Plan;
  readonly planDigest: Hex;
  readonly previewDigest: Hex;
}

export class HeldRecovery {
  readonly #folder: string;
  readonly #network: PracticeNetwork;
  readonly #proxy: NodeProxy;
  readonly #line: { dead: boolean };

  static async open(): Promise<HeldRecovery> {
    const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-held-'));
    const network = await openPracticeNetwork({ folder: path.join(folder, 'network') });
    const line = { dead: false };
    const proxy = await startNodeProxy(network.node.url, () => {
      if (line.dead) throw new Error('the line is dead');
      return 'pass';
    });
    const scene = new HeldRecovery(folder, network, proxy, line);
    writeFileSync(scene.profileFile, JSON.stringify(scene.#profile));
    return scene;
  }

  private constructor(folder: string, network: PracticeNetwork, proxy: NodeProxy, line: { dead: boolean }) {
    this.#folder = folder;
    this.#network = network;
    this.#proxy = proxy;
    this.#line = line;
  }

  get #profile(): NetworkProfile {
    const { practice: _mark, ...profile } = this.#network.profile;
    return { ...profile, name: NETWORK, rpcUrls: [this.#proxy.url] };
  }

  get data(): string {
    return path.join(this.#folder, 'data');
  }

  get profileFile(): string {
    return path.join(this.#folder, 'profile.json');
  }

  /** Whether the endpoint is out of reach. */
  set lineDead(dead: boolean) {
    this.#line.dead = dead;
  }

  holdMining(): Promise<void> {
    return holdMining(this.#network.node.url);
  }

  goOnMining(): Promise<void> {
    return goOnMining(this.#network.node.url);
  }

  /** Makes the network's people the desk's own, with sign-ins to hold. Before a start. */
  async importPeople(): Promise<void> {
    const records = openRecords(this.data);
    await setUpPracticePeople(records.local, this.#network.files);
    records.close();
  }

  /** A desk at the data folder, as far as a start brings it. */
  async start(): Promise<Hands> {
    withoutKeychain(this.data);
    const hands = openHands({ data: this.data });
    await hands.bench.start();
    return hands;
  }

  /** A desk that knows the network, with the operator signed in. */
  async startOnNetwork(): Promise<Hands> {
    const hands = await this.start();
    hands.files.push(this.profileFile);
    const { networks } = await hands.get('networks.add', { key: key() });
    await hands.get('networks.choose', { key: key(), id: networks[0]?.id ?? '' });
    await this.signIn(hands);
    return hands;
  }

  /** The same, knowing the network's people, too. */
  async startSignedIn(): Promise<Hands> {
    const hands = await this.startOnNetwork();
    await this.choosePeople(hands);
    return hands;
  }

  /** Names the network's people, where they are not yet. */
  async choosePeople(hands: Hands): Promise<void> {
    if ((await hands.get('desk.state', {})).participantsFile !== null) return;
    hands.files.push(this.#network.files.participants);
    await hands.get('participants.chooseFile', { key: key() });
  }

  async signIn(hands: Hands): Promise<void> {
    await setUpAndSignIn(hands, this.#network.files.operator);
  }

  /** A plan that freezes first, so that its first transaction is past the point of no return. */
  async plan(hands: Hands, participantId: string, name: string): Promise<PlanMade> {
    await hands.get('wizard.leave', {});
    await hands.get('wizard.begin', { participantId, wallet: null });
    const opened = { reason: 'compromised', ticket: 'CASE-17', identifiedBy: 'A. Clerk' } as const;
    const previewed = await hands.get('wizard.setCase', {
      case: { ...opened, identifiedHow: 'in person, with a passport', evidence: [] },
      custodian: null,
    });
    if (previewed.step !== 'preview') throw new Error(`no preview but ${previewed.step}`);
    const { digest } = previewed.read;
    await hands.get('wizard.impact', { digest });
    const { seed } = this.#network;
    const address = toAddress(holderWallet(personNamed(seed, name)));
    const asked = await hands.get('wizard.challenge', { key: key(), replacement: address });
    if (asked.step !== 'impact') throw new Error(`no impact but ${asked.step}`);
    const typedData = asked.challenges[0]?.typedData ?? '';
    const signature = (await answerAsHolder(seed, address, typedData)) ?? '';
    const chosen = await hands.get('wizard.chooseReplacement', {
      key: key(),
      digest,
      holdReference: asked.holdReferenceNeeded ? 'HOLD-9' : null,
      choice: { kind: 'proof', address, signature },
    });
    if (chosen.step !== 'impact' || chosen.planned === null) throw new Error('no plan was made');
    const { plan, digest: planDigest } = chosen.planned;
    return { plan, planDigest, previewDigest: chosen.read.digest };
  }

  /** Begins it, and closes the desk while what is past the point of no return waits for a block. @returns its id. */
  async leaveStanding(hands: Hands, { plan, planDigest }: PlanMade): Promise<string> {
    await this.holdMining();
    hands.typed.push(confirmationText(plan));
    await hands.get('wizard.confirm', { key: key(), planDigest });
    const standing = await hands.stands(
      (wizard) =>
        wizard.step === 'progress' && wizard.progress.noReturn && wizard.progress.transactions.sent > 0,
    );
    await hands.close();
    await this.goOnMining();
    return standing.step === 'progress' ? standing.progress.recoveryId : '';
  }

  /**
   * Writes down a second one, of another operator and under another profile of the network, as the terminal can leave
   * it behind: past its point of no return, and stopped.
   */
  writeStanding(planDigest: Hex, previewDigest: Hex): string {
    const other = { ...this.#profile, name: OTHER_NETWORK };
    const file = path.join(this.#folder, 'other-profile.json');
    writeFileSync(file, JSON.stringify(other));
    const records = openRecords(this.data);
    try {
      const { journal, plans, previews } = records;
      const [plan, preview] = [plans.get(planDigest), previews.get(previewDigest)];
      if (plan === null || preview === null) throw new Error('there is no such plan');
      const id = 'R-00000000ab';
      const signer = toAddress(practiceAddress(PRACTICE_ROLES.operatorWithoutFunds));
      const [step] = plan.steps;
      if (step === undefined) throw new Error('the plan has no step');
      const steps = [{ name: step.name, phase: step.phase }];
      journal.begin({ id, caseId: plan.caseId, plan, preview, operator: signer, profile: { file }, steps });
      journal.startStep(id, step.name, 1, null);
      const { chainId } = plan.network;
      const call = { step: step.name, attempt: 1, bump: 0, purpose: 'call' } as const;
      const wanted = { recoveryId: id, signer, chainId, nonce: 0, unsigned: '0x01', costCap: '1' } as const;
      const ids = journal.intend([{ ...call, ...wanted }]);
      journal.signed(
        ids.map((one) => ({ id: one, raw: '0x02', hash: `0x${'0'.repeat(64)}` as const })),
        true,
      );
      journal.setStatus(id, 'stopped', { code: 'INTERRUPTED', message: 'Cut off.', remedy: 'Resume it.' });
      return id;
    } finally {
      records.close();
    }
  }

  async close(): Promise<void> {
    await this.#proxy.stop();
    await this.#network.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
