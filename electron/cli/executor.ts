/**
 * Who executes a command: an operator of the data folder, who signs in as at the window, or whoever opens a keystore
 * file. What comes of either is the same: an address, what signs for it, and proof that it is still they.
 */
import type { Address } from '../../shared/address.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { Plan } from '../../shared/plan.ts';
import { armFor } from '../desk.ts';
import type { Connected } from '../desk.ts';
import type { Records } from '../records.ts';
import type { ArmedSigner } from '../operator/armed-signer.ts';
import type { HeldSigner } from '../operator/held-signer.ts';
import { readKeystoreFile } from '../operator/keystore.ts';
import { openKeystoreSigner } from '../operator/operator-signers.ts';
import { wipe } from '../operator/passphrase.ts';
import type { ExternalSigner } from '../recovery/signers.ts';
import { proveAnew } from '../workbench/operator-proof.ts';
import { othersElsewhere, signedElsewhere } from '../workbench/signed-elsewhere.ts';
import { signedInAt } from '../workbench/signed-in.ts';
import { NO_LOGIN, watchLogin } from './login-watch.ts';
import type { LoginWatch } from './login-watch.ts';
import { givenPassphrase } from './given-passphrase.ts';
import type { GivenPassphrase, PassphraseSource } from './given-passphrase.ts';
import { askSecretOf } from './prompt.ts';
import type { Session } from './session.ts';
import { signInOnTerminal } from './terminal-sign-in.ts';

/** Whom the command line names. */
export type ExecutorChoice = { readonly passphrase: PassphraseSource } & (
  { readonly kind: 'operator'; readonly name: string } | { readonly kind: 'keystore'; readonly file: string }
);

export interface Executor {
  readonly address: Address;
  /** Null where signatures are made elsewhere. */
  readonly signer: HeldSigner | null;
  /** Takes what is armed out of use when the executor's login ends by itself. @throws DeskError OIDC_ENDED where it has. */
  readonly untilEnd: LoginWatch;
  /** Fresh proof, to be asked for with what is confirmed, before any of it is signed. @throws DeskError of the proof. */
  prove(): Promise<void>;
  /** Lets go of key, codes and login. */
  close(): Promise<void>;
}

interface Desk {
  readonly records: Records;
  readonly connection: Connected;
}

/** Runs the work as whoever is named, and lets go of everything whatever happens. */
export async function asExecutor<T>(
  session: Session,
  desk: Desk,
  choice: ExecutorChoice,
  work: (executor: Executor) => Promise<T>,
): Promise<T> {
  const given = await givenPassphrase(choice.passphrase, session.output);
  try {
    const executor =
      choice.kind === 'operator'
        ? await signedInOperator(session, desk, choice.name, given)
        : await openedKeystore(session, choice.file, given);
    try {
      return await work(executor);
    } finally {
      await executor.close();
    }
  } finally {
    given?.wipe();
  }
}

/** @throws DeskError KEYSTORE_*, PASSPHRASE_* */
async function openedKeystore(
  session: Session,
  file: string,
  given: GivenPassphrase | null,
): Promise<Executor> {
  const json = await readKeystoreFile(file);
  const passphrase = given?.bytes ?? (await askSecretOf(session.terminal, `the keystore ${file}`));
  const signer = await openKeystoreSigner(json, passphrase).finally(() => wipe(passphrase));
  return {
    address: signer.address,
    signer,
    untilEnd: NO_LOGIN,
    // Whoever has a file and its passphrase has shown all there is to show.
    prove: () => Promise.resolve(),
    close: async () => signer.close(),
  };
}

/** @throws DeskError OPERATOR_UNKNOWN, SIGN_IN_*, PASSPHRASE_*, TOTP_*, KEYCHAIN_*, VAULT_*, OIDC_*, SIGNER_* */
async function signedInOperator(
  session: Session,
  { records, connection }: Desk,
  name: string,
  given: GivenPassphrase | null,
): Promise<Executor> {
  const entered = await signInOnTerminal(session, records, name, given);
  const { operator, operators, provider, entry, policy, practice } = entered;
  try {
    const signedIn = await signedInAt({ connection }, policy, entered.opened, entered.login);
    const right = signedIn.identityManager ? 'identity manager' : 'no identity manager';
    session.output.say(`Signed in: ${operator.name}, ${signedIn.address}, ${right}\n`);
    // SECURITY: whom the provider no longer stands by signs nothing more, also in the middle of a recovery.
    const untilEnd = watchLogin(entered.login, operator.name, ({ message }) => {
      signedIn.takeKeyAway();
      session.output.say(message);
    });
    return {
      address: signedIn.address,
      signer: signedIn.signer(),
      untilEnd,
      prove: () =>
        proveAnew({ operators: () => operators, provider: () => provider, entry }, signedIn, practice, []),
      async close() {
        signedIn.close();
        await entered.signOut();
      },
    };
  } catch (thrown) {
    await entered.signOut();
    throw thrown;
  }
}

/** Who signs for a plan at this terminal: the executor, once armed for it, and those who sign elsewhere. */
export interface Armed {
  readonly signer: ArmedSigner | ExternalSigner;
  /** Those who sign elsewhere, and replacements that sign themselves. */
  readonly others: readonly (ArmedSigner | ExternalSigner)[];
  disarm(): void;
}

/**
 * @param raisedTo wei: a higher bound that was confirmed to this run.
 * @param keys of replacements that sign themselves.
 * @throws DeskError OIDC_ENDED where the provider no longer stands by the executor.
 */
export function armed(
  records: Records,
  { address, signer: held, untilEnd }: Executor,
  plan: Plan,
  raisedTo: bigint | null = null,
  keys: readonly HeldSigner[] = [],
): Armed {
  const replacements = keys.map((key) => armFor(records, key, plan, raisedTo));
  const own = held === null ? null : armFor(records, held, plan, raisedTo);
  const all = own === null ? replacements : [own, ...replacements];
  const disarm = (because?: DeskError): void => {
    for (const one of all) one.disarm(because);
  };
  untilEnd(disarm);
  return {
    signer: own ?? signedElsewhere(address),
    others: [...othersElsewhere(plan, address, records), ...replacements],
    disarm: () => disarm(),
  };
}
