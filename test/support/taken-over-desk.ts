/** A real desk under a taken-over page: a person works at it, and what the page's calls came to is looked for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { createDispatch, DISPATCH_BOUNDS } from '../../electron/ipc/dispatch.ts';
import type { Dispatch } from '../../electron/ipc/dispatch.ts';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { openRecords, readRecords } from '../../electron/records.ts';
import { digestOf } from '../../shared/canonical.ts';
import { confirmationText } from '../../shared/plan.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { askNode } from './e2e-practice.ts';
import { HeldRecovery, NETWORK } from './held-recovery.ts';
import type { PlanMade } from './held-recovery.ts';
import type { Known, PageCall } from './taken-over-page.ts';
import { isWellFormed } from './taken-over-page.ts';
import { OPERATOR_PASSPHRASE, key } from './window-hands.ts';
import type { Hands } from './window-hands.ts';

const ORIGIN = 'app://desk';
const OPERATOR = practiceAddress(PRACTICE_ROLES.operator);
const PERSON = { id: 'maren-holt', name: 'Maren Holt' };
/** Somebody else, whose sign-in was held before. */
const HELD_PERSON = 'bruno-alves';

/** What nobody but a person brings about, by the entry window. */
const A_PERSON_S = [
  'plan_made',
  'plan_confirmed',
  'recovery_begun',
  'cost_bound_raised',
  'wallet_generated',
  'operator_created',
  'operator_changed',
  'operator_removed',
  'operator_key_exported',
  'operator_signed_in',
  'operator_proved',
  'operator_attempt_failed',
  'desk_unlocked',
  'signing_refused',
  'participant_edited',
  'participants_imported',
  'sign_in_release_begun',
];
/** Who may do what, where things go to, and what was agreed to. */
const DECIDED = ['operator', 'operatorRecoveryCode', 'plan', 'confirmation', 'generatedWallet'];
/** Whose wallets are whose. */
const PEOPLE = `SELECT p.id, p.name, w.address, w.effective, w.lost FROM participant AS p
  LEFT JOIN participantWallet AS w ON w.participant = p.number
  WHERE p.listing = (SELECT listing FROM participantListing) AND p.id <> ? ORDER BY p.id, w.position`;
/** What was begun and sent of it. */
const SENT = ['recovery', 'step', 'chainTransaction', 'handOut'];

interface Sent {
  readonly from: string;
  readonly to: string | null;
  readonly input: string;
  readonly value: string;
}

export class TakenOverDesk {
  readonly made = { calls: 0, wellFormed: 0, answered: 0, entries: 0 };
  readonly #scene: HeldRecovery;
  readonly #hands: Hands;
  readonly #dispatch: Dispatch;
  readonly #url: string;
  readonly #secrets: readonly string[];
  #plan: PlanMade | null = null;
  #running: string | null = null;

  static async open(): Promise<TakenOverDesk> {
    const scene = await HeldRecovery.open();
    await scene.importPeople();
    const records = openRecords(scene.data);
    await records.local.directory.holdSignIn(HELD_PERSON);
    records.close();
    const hands = await scene.startOnNetwork();
    const { rpcUrls } = JSON.parse(readFileSync(scene.profileFile, 'utf8')) as { rpcUrls: readonly string[] };
    const desk = new TakenOverDesk(scene, hands, rpcUrls[0] ?? '');
    await desk.personWorks();
    return desk;
  }

  private constructor(scene: HeldRecovery, hands: Hands, url: string) {
    this.#scene = scene;
    this.#hands = hands;
    this.#url = url;
    const { handlers, rights, lock } = hands.bench;
    // Each call is to reach what it can do: that a page is held to a pace is tested elsewhere.
    const bounds = { ...DISPATCH_BOUNDS, time: { atOnce: 1e9, share: 0.99 }, underWay: 1_000 };
    this.#dispatch = createDispatch({ desk: { handlers, rights, lock }, appOrigin: ORIGIN, bounds });
    const operatorKey = practiceKey(PRACTICE_ROLES.operator).slice(2);
    const bytes = Buffer.from(operatorKey, 'hex');
    const stored = this.#rows(['operator']);
    const sealed = [...stored.matchAll(/\\"ciphertext\\":\s*\\"([0-9a-f]{64})/gu)].map(
      ([, text]) => text ?? '',
    );
    assert.notEqual(sealed.length, 0);
    this.#secrets = [operatorKey, bytes.toString('base64'), OPERATOR_PASSPHRASE, ...sealed];
  }

  /** The person puts the desk back to a plan that awaits their confirmation, wherever the page has brought it. */
  async personWorks(): Promise<void> {
    const hands = this.#hands;
    const state = await hands.get('desk.state', {});
    if (state.lock.kind !== 'open') await this.#unlock();
    const kept = state.networks.find(({ name }) => name === NETWORK);
    if (state.connection.status !== 'connected' || state.connection.name !== NETWORK) {
      hands.files.push(this.#scene.profileFile);
      const networks = kept ? [kept] : (await hands.get('networks.add', { key: key() })).networks;
      hands.files.length = 0;
      await hands.get('networks.choose', { key: key(), id: networks.at(-1)?.id ?? '' });
    }
    if ((await hands.get('desk.state', {})).operator === null) await this.#scene.signIn(hands);
    if (this.#running !== null) return;
    const wizard = await hands.get('wizard.state', {});
    if (wizard.step === 'impact' && wizard.planned !== null) return;
    this.#plan = await this.#scene.plan(hands, PERSON.id, PERSON.name);
  }

  async #unlock(): Promise<void> {
    this.#hands.typed.push(OPERATOR_PASSPHRASE);
    await this.#hands.get('operator.unlock', { key: key() });
  }

  /** The person confirms, and no block comes: the recovery runs and waits for one. */
  async personConfirms(): Promise<void> {
    await this.personWorks();
    await this.#scene.holdMining();
    const { plan, planDigest } = this.#planned();
    this.#hands.typed.push(confirmationText(plan));
    await this.#hands.get('wizard.confirm', { key: key(), planDigest });
    // Past the point of no return it holds the desk: the page cannot have it given up.
    const standing = await this.#hands.stands(
      (wizard) =>
        wizard.step === 'progress' && wizard.progress.noReturn && wizard.progress.transactions.sent > 0,
    );
    if (standing.step === 'progress') this.#running = standing.progress.recoveryId;
  }

  /** Blocks come again; the person unlocks what the page has locked. @returns what came of the recovery. */
  async personSeesItThrough(): Promise<RecoveryResult> {
    const recoveryId = this.#running ?? '';
    await this.personWorks();
    await this.#scene.goOnMining();
    // The key that the page has locked away is missed only when the next call is to be signed.
    const still = () =>
      this.#hands.stands(
        (wizard) => wizard.step === 'summary' || (wizard.step === 'progress' && !wizard.progress.working),
      );
    for (let tries = 0; tries < 5 && (await still()).step === 'progress'; tries += 1) {
      this.#hands.typed.push(OPERATOR_PASSPHRASE);
      await this.#hands.ask('recovery.resume', { key: key(), recoveryId });
      this.#hands.typed.length = 0;
    }
    await this.#hands.reached('summary');
    return this.#hands.get('recovery.get', { recoveryId });
  }

  /** The page sends calls at once; afterwards everything that only a person may bring about is as it was. */
  async pageSends(calls: readonly PageCall[]): Promise<void> {
    const before = await this.#standing();
    const known = await this.#known();
    const answers = await Promise.all(
      calls.map((call) => {
        const input = call.input(known);
        this.made.calls += 1;
        if (isWellFormed(call, input)) this.made.wellFormed += 1;
        return this.#dispatch(call.name, input, { origin: ORIGIN, top: call.ownPage });
      }),
    );
    this.made.answered += answers.filter(({ ok }) => ok).length;
    this.made.entries = this.#hands.shown.length;
    const after = await this.#standing();
    assert.deepEqual(after.facts, before.facts);
    const gained = after.rights.filter((right) => !before.rights.includes(right));
    // On the practice network all keys are public, and whoever asks signs in.
    const practised = before.practised || after.practised;
    if (!practised) assert.deepEqual(gained, []);
    this.#toldNoSecret(answers);
  }

  #toldNoSecret(answers: readonly unknown[]): void {
    const told = JSON.stringify([answers, this.#hands.told(), [...this.#hands.saved]]);
    for (const secret of this.#secrets) assert.equal(told.includes(secret), false);
    assert.deepEqual(
      [...this.#hands.saved.keys()].filter((name) => name.startsWith('keystore')),
      [],
    );
  }

  async #standing() {
    const { rights } = this.#hands.bench;
    const connection = this.#hands.told()?.connection;
    const sent = this.#running === null ? await this.#nonce() : null;
    return {
      practised: connection?.status === 'connected' && connection.practice,
      facts: {
        decided: this.#rows(DECIDED),
        // What was confirmed and runs links the person itself.
        people: this.#peopleBut(this.#running === null ? '' : PERSON.id),
        stillHeld: this.#rows(['participantHold']).includes(HELD_PERSON),
        sent: this.#running === null ? this.#rows(SENT) : null,
        audited: this.#count(A_PERSON_S),
        transactions: sent,
      },
      rights: [
        ...(rights.signedIn() ? ['signedIn'] : []),
        ...(rights.identityManager() ? ['identityManager'] : []),
      ],
    };
  }

  async #known(): Promise<Known> {
    const { plan, planDigest, previewDigest } = this.#planned();
    const state = this.#hands.told();
    return {
      planDigest,
      previewDigest,
      recoveryId: this.#running ?? 'R-0000000000',
      operatorIds: state?.operators.map(({ id }) => id) ?? [],
      networkIds: state?.networks.map(({ id }) => id) ?? [],
      participantIds: [PERSON.id, HELD_PERSON],
      records: [PERSON.id, HELD_PERSON].map((id) => this.#recordOf(id)),
      wallet: plan.lostWallet,
    };
  }

  #planned(): PlanMade {
    if (this.#plan === null) throw new Error('there is no plan');
    return this.#plan;
  }

  /** What the plan, as it was confirmed, says. */
  get plan() {
    return this.#planned().plan;
  }

  #nonce(): Promise<unknown> {
    return askNode(this.#url, 'eth_getTransactionCount', [OPERATOR, 'pending']);
  }

  /** All transactions that anybody sent since the block. */
  async sentSince(block: number): Promise<readonly Sent[]> {
    const sent: Sent[] = [];
    for (let at = block + 1; at <= (await this.block()); at += 1) {
      const found = await askNode(this.#url, 'eth_getBlockByNumber', [`0x${at.toString(16)}`, true]);
      sent.push(...(found as { transactions: readonly Sent[] }).transactions);
    }
    return sent;
  }

  async block(): Promise<number> {
    return Number(await askNode(this.#url, 'eth_blockNumber'));
  }

  #query<T>(work: (database: Database.Database) => T): T {
    const database = new Database(path.join(this.#scene.data, 'desk.sqlite'), { readonly: true });
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  #rows(tables: readonly string[]): string {
    return this.#query((database) =>
      JSON.stringify(tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all())),
    );
  }

  #peopleBut(id: string): unknown {
    return this.#query((database) => database.prepare(PEOPLE).all(id));
  }

  /** Names the record as the window shows it. */
  #recordOf(id: string): string {
    const records = readRecords(this.#scene.data);
    const person = records?.local.people.get(id) ?? null;
    records?.close();
    return person === null ? '' : digestOf(person);
  }

  #count(kinds: readonly string[]): unknown {
    const marks = kinds.map(() => '?').join(', ');
    return this.#query((database) =>
      database
        .prepare(`SELECT kind, count(*) AS times FROM audit WHERE kind IN (${marks}) GROUP BY kind`)
        .all(...kinds),
    );
  }

  async close(): Promise<void> {
    await this.#hands.close();
    await this.#scene.close();
  }
}
