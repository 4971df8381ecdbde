/**
 * A double of `window.desk`, to look at screens with: made-up people, no chain, nothing happens. It is built from the
 * contract: what it is asked and what it answers goes through the contract's own schemas, so it can't drift from main.
 */
import type { ErrorView } from '../../shared/answer.ts';
import type { EventName, ProcedureName } from '../../shared/contract-names.ts';
import { EVENTS, PROCEDURES } from '../../shared/contract.ts';
import type { InputOf, OutputOf } from '../../shared/contract.ts';
import { digestOf } from '../../shared/canonical.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import type { ParticipantRow } from '../../shared/people-views.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { sampleClaimsReport, sampleIssued, sampleRecheck } from './fake-desk-claims.ts';
import {
  CUSTODIANS,
  minutesAgo,
  OPEN,
  OPERATOR,
  sampleAddress,
  samplePeople,
  samplePreview,
  sampleRecoveries,
  SAMPLE_CASE,
  SIGNED_IN_OPERATOR,
} from './fake-desk-data.ts';
import { fakePeople } from './fake-desk-people.ts';
import { SCENES } from './fake-desk-scenes.ts';
import type { Scene, SceneName } from './fake-desk-scenes.ts';

type Handlers = { readonly [P in ProcedureName]: (input: InputOf<P>) => OutputOf<P> };

const PEOPLE = 10_000;
const RECOVERIES = 60;

/** @param tell carries an event to the window. */
export class FakeDesk {
  #scene: Scene;
  #state: DeskState;
  #wizard: Wizard;
  readonly #people: readonly ParticipantRow[];
  readonly #tell: (name: EventName, payload: unknown) => void;

  constructor(scene: SceneName, tell: (name: EventName, payload: unknown) => void) {
    this.#scene = SCENES[scene]();
    this.#state = this.#scene.state;
    this.#wizard = this.#scene.wizard;
    this.#people = samplePeople(this.#scene.people ?? PEOPLE);
    this.#tell = tell;
  }

  /** Answers as main does: an envelope, parsed by the contract. What a scene leaves unanswered never settles. */
  answer(name: ProcedureName, input: unknown): unknown {
    if (this.#scene.unanswered?.includes(name) === true) return new Promise(() => undefined);
    const refused = this.#scene.refused?.[name];
    if (refused !== undefined) return { ok: false, error: refused };
    try {
      return { ok: true, value: this.#run(name, input) };
    } catch (cause) {
      return { ok: false, error: faultOf(name, cause) };
    }
  }

  /** What was parsed by a procedure's own schema is what its handler takes: the types of a union can't say so. */
  #run(name: ProcedureName, input: unknown): unknown {
    const handler = this.#handlers[name] as (parsed: unknown) => unknown;
    return PROCEDURES[name].output.parse(handler(PROCEDURES[name].input.parse(input)));
  }

  readonly #handlers: Handlers = {
    'desk.state': () => this.#state,
    'desk.setAppearance': ({ appearance }) => this.#enter({ appearance }),
    'networks.add': () => this.#state,
    'networks.check': ({ id }) => ({
      name: id,
      chainId: 7_341_925,
      protocol: 'smart',
      block: 18_204_377,
      finalBlock: 18_204_313,
      fees: 'eip1559',
      simulation: true,
      parts: ['Identity registry', 'Identity factory', 'Access manager', 'Compliance'].map((part) => ({
        name: part,
        address: sampleAddress(part),
      })),
    }),
    'networks.choose': () => this.#enter(SCENES['signed-out']().state),
    'networks.reconnect': () => this.#enter({ connection: SCENES['signed-out']().state.connection }),
    'networks.remove': ({ id }) =>
      this.#enter({ networks: this.#state.networks.filter((network) => network.id !== id) }),
    'practice.open': () => this.#enter(SCENES.practice().state),
    'practice.close': () => this.#enter(SCENES.start().state),
    'operator.create': ({ name, signIn, credential }) =>
      this.#enter({
        operators: [...this.#state.operators, { id: 'O-00000000ff', name, signIn, key: credential.kind }],
      }),
    'operator.signIn': ({ operatorId }) => {
      const entry = this.#state.operators.find((one) => one.id === operatorId);
      return this.#enter({
        operator: { ...SIGNED_IN_OPERATOR, ...entry },
        participantsFile: SCENES['signed-in']().state.participantsFile,
      });
    },
    'operator.signOut': () => this.#enter({ operator: null, lock: OPEN }),
    'operator.lock': () => this.#enter({ lock: { kind: 'locked', cause: 'manual', since: minutesAgo(0) } }),
    'operator.unlock': () => this.#enter({ lock: OPEN }),
    'operator.rights': () => ({
      address: OPERATOR,
      identityManager: this.#state.operator?.identityManager ?? false,
      block: 18_204_377,
      tokens: samplePreview(12, false).tokens.map(({ address, symbol, name, custodianRight }) => ({
        address,
        symbol,
        name,
        custodian: custodianRight,
      })),
    }),
    'operator.changePassphrase': () => this.#state,
    'operator.setUpCode': () => this.#code(true),
    'operator.removeCode': () => this.#code(false),
    'operator.newRecoveryCodes': () => this.#state,
    'operator.exportKey': () => ({ fileName: 'r-amstutz.keystore.json' }),
    'operator.remove': () => this.#enter({ operator: null }),
    ...fakePeople(
      () => this.#people,
      () => this.#state,
    ),
    'wizard.state': () => this.#wizard,
    'wizard.begin': (key) =>
      this.#step({
        step: 'case',
        subject: { key, name: 'Maren Holt', id: 'maren-holt' },
        case: null,
        custodians: [...CUSTODIANS],
      }),
    'wizard.setCase': () => this.#step(SCENES.preview().wizard),
    'wizard.sayOfWallets': () => this.#step(SCENES['preview-wallets-said']().wizard),
    'wizard.refresh': () => this.#step(this.#wizard),
    'wizard.savePreview': () => ({ fileName: 'maren-holt.preview.json' }),
    'wizard.impact': () => this.#step(SCENES.impact().wizard),
    'wizard.challenge': () => {
      const planned = SCENES['impact-planned']().wizard;
      return this.#step(planned.step === 'impact' ? { ...planned, planned: null } : planned);
    },
    'wizard.chooseReplacement': () => this.#step(SCENES['impact-planned']().wizard),
    'wizard.back': () => this.#step(BACK[this.#wizard.step]?.() ?? this.#wizard),
    'wizard.leave': () => this.#step({ step: 'none' }),
    'wizard.confirm': () => this.#step(SCENES.confirm().wizard),
    'recovery.list': () => [...sampleRecoveries(this.#scene.recoveries ?? RECOVERIES)],
    'recovery.get': () => summaryResult(),
    'recovery.open': () => this.#step(SCENES.summary().wizard),
    'recovery.resume': () => this.#step(SCENES.progress().wizard),
    'recovery.confirmPart': () => this.#step(SCENES['progress-split']().wizard),
    'recovery.exportCalls': ({ form }) => ({ fileName: `maren-holt.${form}.json` }),
    'recovery.saveReport': () => ({ fileName: 'maren-holt.recovery.json' }),
    'handover.get': ({ recoveryId }) => [handOver(recoveryId)],
    'handover.keystore': ({ recoveryId }) => handedOver(recoveryId),
    'handover.passphrase': ({ recoveryId }) => handedOver(recoveryId),
    'handover.holder': ({ recoveryId }) => handedOver(recoveryId),
    'handover.letter': ({ recoveryId }) => ({ fileName: `letter-${recoveryId}.html` }),
    'handover.leave': ({ recoveryId }) => handedOver(recoveryId),
    'handover.done': ({ recoveryId }) => handedOver(recoveryId),
    'claims.read': () => sampleClaimsReport(),
    'claims.recheck': () => sampleRecheck(),
    'claims.saveRequest': ({ form }) => ({ fileName: `claims.${form === 'page' ? 'html' : 'json'}` }),
    'claims.issue': () => sampleIssued(),
    'review.open': () => {
      const preview = samplePreview(12, false);
      return { fileName: 'maren-holt.preview.json', preview, digest: digestOf(preview) };
    },
  };

  #enter(change: Partial<DeskState>): DeskState {
    this.#state = { ...this.#state, ...change };
    this.#tell('desk.changed', EVENTS['desk.changed'].payload.parse(this.#state));
    return this.#state;
  }

  #code(code: boolean): DeskState {
    const { operator } = this.#state;
    return this.#enter({ operator: operator === null ? null : { ...operator, code } });
  }

  #step(wizard: Wizard): Wizard {
    this.#wizard = wizard;
    this.#tell('wizard.changed', EVENTS['wizard.changed'].payload.parse(wizard));
    return wizard;
  }
}

const BACK: Partial<Record<Wizard['step'], () => Wizard>> = {
  preview: () => ({
    step: 'case',
    subject: {
      key: { participantId: 'maren-holt', wallet: null },
      name: 'Maren Holt',
      id: 'maren-holt',
    },
    case: SAMPLE_CASE,
    custodians: [...CUSTODIANS],
  }),
  impact: () => SCENES.preview().wizard,
  confirm: () => SCENES['impact-planned']().wizard,
};

function summaryResult(): OutputOf<'recovery.get'> {
  const wizard = SCENES.summary().wizard;
  if (wizard.step !== 'summary') throw new Error('the double has no summary');
  return wizard.result;
}

function handOver(recoveryId: string): OutputOf<'handover.keystore'>['view'] {
  return {
    recoveryId,
    wallet: summaryResult().replacementWallet,
    lostWallet: summaryResult().lostWallet,
    others: [],
    state: 'open',
    keystore: [
      { operatorId: SIGNED_IN_OPERATOR.id, operator: OPERATOR, recipient: null, at: minutesAgo(12) },
    ],
    passphrase: [],
    recipients: [],
    sealed: [],
    passphraseKept: true,
    byOne: false,
    signInHeld: true,
    names: [{ operatorId: SIGNED_IN_OPERATOR.id, name: SIGNED_IN_OPERATOR.name }],
  };
}

function handedOver(recoveryId: string): OutputOf<'handover.keystore'> {
  return { view: handOver(recoveryId), fileName: null, note: null };
}

function faultOf(name: string, cause: unknown): ErrorView {
  return {
    code: 'INTERNAL',
    message: `The double could not answer ${name}: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Mend test/support/fake-desk.ts.',
    retry: 'never',
  };
}
