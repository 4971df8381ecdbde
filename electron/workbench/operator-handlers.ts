/** Answers what is asked around operators: set up, sign in and out, lock and unlock, rights, changes. */
import type { OperatorRights } from '../../shared/desk-state.ts';
import type { Operator } from '../../shared/operator.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { entryLeft } from '../operator/operator-refusals.ts';
import { lacksCodes } from '../operator/sign-in-policy.ts';
import {
  changePassphrase,
  exportedKey,
  provenForRemoval,
  removeCode,
  renewRecoveryCodes,
  setUpCode,
} from './operator-changes.ts';
import { setUpOperator } from './operator-set-up.ts';
import { openAgain, openSignIn } from './operator-sign-in.ts';
import type { SignInParts } from './operator-sign-in.ts';
import { notConnected, notSignedIn } from './refusals.ts';
import { signedInAt } from './signed-in.ts';
import type { SignedIn } from './signed-in.ts';
import { leaveDesk, signOut } from './sign-out.ts';
import { entered } from './standing.ts';
import type { Bench } from './bench.ts';

type OperatorProcedures = Extract<keyof Handlers, `operator.${string}`>;

function signInParts({ room, connection, wizard }: Bench): SignInParts {
  return {
    operators: room.operators(),
    entry: wizard.entry,
    provider: room.provider(),
    practice: connection.practice !== null,
  };
}

function signedInNow(bench: Bench): SignedIn {
  const now = bench.operator();
  if (now === null) throw notSignedIn();
  return now;
}

const CODES_BY_POLICY =
  'The policy of this desk asks for one-time codes now. From here on each sign-in takes one: the next code, once this one is used.';

/** Who sets codes up before signing in: by the passphrase, which is proof enough for that. */
function nobodyYet(operator: Operator): Parameters<typeof setUpCode>[1] {
  return { operator, prover: { operator, codes: null }, session: null };
}

async function enter(bench: Bench, operatorId: string): Promise<void> {
  const { site } = bench.connection;
  if (site === null) throw notConnected();
  const parts = signInParts(bench);
  const policy = bench.room.services.policyOf(site.records);
  const signedIn = await entered(bench, async () => {
    const before = parts.operators.get(operatorId);
    // Policy came to require them after the operator was set up: without codes nobody comes in to set them up.
    if (lacksCodes(policy, before))
      await setUpCode(parts, nobodyYet(before), (codes) => codes.close(), CODES_BY_POLICY);
    const operator = parts.operators.get(operatorId);
    const { opened, session } = await openSignIn(parts, operator, `Sign in as ${operator.name}`);
    return signedInAt(site, policy, opened, session);
  });
  // What somebody else was preparing is theirs.
  if (bench.operator() !== null) bench.wizard.holder.giveUp();
  bench.signedIn(signedIn);
}

/**
 * Whoever is signed in shows anew that it is they. Where the key was taken away it is opened again, and what waited for
 * it goes on.
 */
async function unlock(bench: Bench): Promise<void> {
  const now = signedInNow(bench);
  const { lock } = bench.room;
  if (lock.state().kind === 'open') return;
  const { operator, session: before } = now;
  const title = `Unlock the desk, ${operator.name}`;
  const parts = { ...signInParts(bench), entry: bench.options.entry };
  const { opened, session } = await openAgain(parts, operator, before, title);
  if (bench.operator() !== now) {
    opened.close();
    if (session !== before) await session?.signOut();
    throw notSignedIn();
  }
  if (now.keyless || session !== before) now.giveKeyBack(opened, session);
  else opened.close();
  lock.unlocked();
  bench.room.watchSession(now);
  if (lock.state().kind === 'open') await bench.goOn();
}

async function rights(bench: Bench): Promise<OperatorRights> {
  const { address } = signedInNow(bench);
  const { site } = bench.connection;
  if (site === null) throw notConnected();
  const { context, chain } = site.connection;
  const reader = await chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const view = { reader, scan: context.scanner(reader) };
  const tokens = await system.systemTokens(view, context.profile.tokens ?? []);
  const [identityManager, facts] = await Promise.all([
    system.identityManager(reader, address),
    system.tokens(reader, tokens, address, { operator: address, custodian: null }),
  ]);
  return {
    address,
    identityManager,
    block: reader.block.number,
    tokens: facts.map(({ address: token, symbol, name, custodianRight }) => ({
      address: token,
      symbol,
      name,
      custodian: custodianRight,
    })),
  };
}

export function operatorHandlers(bench: Bench): Pick<Handlers, OperatorProcedures> {
  const { room } = bench;
  const changing = () => ({ parts: signInParts(bench), now: signedInNow(bench) });
  const minLength = () => room.services.policyOf(bench.connection.records).minPassphraseLength;
  return {
    'operator.create': async ({ name, signIn, credential }) => {
      await setUpOperator(
        {
          operators: room.operators(),
          policy: room.services.policyOf(bench.connection.records),
          dialogs: bench.wizard.dialogs,
          entry: bench.wizard.entry,
          provider: room.provider(),
          keychain: () => room.keychain(),
        },
        { name, signIn, credential },
      );
      return bench.state();
    },
    'operator.signIn': async ({ operatorId }) => {
      await enter(bench, operatorId);
      return bench.state();
    },
    'operator.signOut': () => signOut(bench),
    'operator.lock': () => {
      room.lock.lock('manual');
      return bench.state();
    },
    'operator.unlock': async () => {
      await unlock(bench);
      return bench.state();
    },
    'operator.rights': () => rights(bench),
    'operator.changePassphrase': async () => {
      const { parts, now } = changing();
      await changePassphrase(parts, now, minLength());
      return bench.state();
    },
    'operator.setUpCode': async () => {
      const { parts, now } = changing();
      // SECURITY: from here on no proof is taken by the codes of before.
      await setUpCode(parts, now, (codes) => now.codesChanged(parts.operators.get(now.operator.id), codes));
      return bench.state();
    },
    'operator.removeCode': async () => {
      const { parts, now } = changing();
      await removeCode(parts, now);
      now.codesChanged(parts.operators.get(now.operator.id), null);
      return bench.state();
    },
    'operator.newRecoveryCodes': async () => {
      const { parts, now } = changing();
      await renewRecoveryCodes(parts, now);
      return bench.state();
    },
    'operator.exportKey': async () => {
      const { parts, now } = changing();
      const text = await exportedKey(parts, now, minLength());
      const file = await bench.wizard.dialogs.saveFile({
        title: 'Save the exported keystore',
        defaultName: `keystore-${now.address}.json`,
        text,
      });
      return file === null ? null : { fileName: file.split(/[\\/]/u).at(-1) ?? file };
    },
    'operator.remove': async () => {
      const { parts, now } = changing();
      const { id, name } = now.operator;
      await provenForRemoval(parts, now);
      const left = await parts.operators.remove(id);
      if (bench.operator() === now) await leaveDesk(bench);
      if (left !== null) throw entryLeft(name, left.error);
      return bench.state();
    },
  };
}
