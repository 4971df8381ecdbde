/** Answers what is asked around operators: set up, sign in and out, lock and unlock, rights, changes. */
import type { OperatorRights } from '../../shared/desk-state.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { leftInKeychain } from '../operator/operator-refusals.ts';
import {
  changePassphrase,
  exportedKey,
  provenForRemoval,
  removeCode,
  renewRecoveryCodes,
  setUpCode,
} from './operator-changes.ts';
import { setUpOperator } from './operator-set-up.ts';
import { proveAtProvider } from './operator-proof.ts';
import { openAgain, openSignIn } from './operator-sign-in.ts';
import type { SignInParts } from './operator-sign-in.ts';
import { notConnected, notSignedIn } from './refusals.ts';
import { signedInAt } from './signed-in.ts';
import type { SignedIn } from './signed-in.ts';
import { signOut } from './sign-out.ts';
import { entered } from './standing.ts';
import type { Bench } from './bench.ts';

type OperatorProcedures = Extract<keyof Handlers, `operator.${string}`>;

function signInParts(bench: Bench): SignInParts {
  const { room, connection, options } = bench;
  return {
    operators: room.operators(),
    entry: options.entry,
    provider: room.provider(),
    practice: connection.practice !== null,
    codesRequired: room.services.policyOf(connection.records).requireTotp,
  };
}

function signedInNow(bench: Bench): SignedIn {
  const now = bench.operator();
  if (now === null) throw notSignedIn();
  return now;
}

async function enter(bench: Bench, operatorId: string): Promise<void> {
  const { site } = bench.connection;
  if (site === null) throw notConnected();
  const parts = signInParts(bench);
  const operator = parts.operators.get(operatorId);
  const policy = bench.room.services.policyOf(site.records);
  const signedIn = await entered(bench, async () => {
    const { opened, session } = await openSignIn(parts, operator, `Sign in as ${operator.name}`);
    return signedInAt(site, policy, opened, session);
  });
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
  // What was asked for before the lock would stand in the way, and is asked of nobody any more.
  bench.options.entry.cancel();
  const { opened, session } = await openAgain(signInParts(bench), operator, before, title);
  if (bench.operator() !== now) {
    opened.close();
    if (session !== before) await session?.signOut();
    throw notSignedIn();
  }
  if (now.keyless || session !== before) now.giveKeyBack(opened, session);
  else opened.close();
  if (session !== before) bench.room.watchSession(now);
  lock.unlocked();
  await bench.goOn();
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
  const { room, options } = bench;
  const changing = () => {
    const now = signedInNow(bench);
    return { ...signInParts(bench), now, operator: now.operator };
  };
  const minLength = () => room.services.policyOf(bench.connection.records).minPassphraseLength;
  return {
    'operator.create': async ({ name, signIn, credential }) => {
      await setUpOperator(
        {
          operators: room.operators(),
          policy: room.services.policyOf(bench.connection.records),
          dialogs: options.dialogs,
          entry: options.entry,
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
      const { operator, ...parts } = changing();
      await changePassphrase(parts, operator, minLength());
      return bench.state();
    },
    'operator.setUpCode': async () => {
      const { now, operator, ...parts } = changing();
      const codes = await setUpCode(parts, operator);
      now.changed(parts.operators.get(operator.id), codes);
      return bench.state();
    },
    'operator.removeCode': async () => {
      const { now, operator, ...parts } = changing();
      await removeCode(parts, operator);
      now.changed(parts.operators.get(operator.id), null);
      return bench.state();
    },
    'operator.newRecoveryCodes': async () => {
      const { operator, ...parts } = changing();
      await renewRecoveryCodes(parts, operator);
      return bench.state();
    },
    'operator.exportKey': async () => {
      const { operator, ...parts } = changing();
      const text = await exportedKey(parts, operator, minLength());
      const file = await options.dialogs.saveFile({
        title: 'Save the exported keystore',
        defaultName: `keystore-${operator.credential.address}.json`,
        text,
      });
      return file === null ? null : { fileName: file.split(/[\\/]/u).at(-1) ?? file };
    },
    'operator.remove': async () => {
      const { now, operator, ...parts } = changing();
      if (operator.signIn.kind === 'oidc') await proveAtProvider(bench.wizard, now);
      else await provenForRemoval(parts, operator);
      const left = await room.operators().remove(operator.id);
      bench.signedIn(null);
      if (left !== null) throw leftInKeychain(operator.name, left.error);
      return bench.state();
    },
  };
}
