/** An operator of the data folder signs in on the terminal, as at the window; the login ends with the command. */
import type { Operator } from '../../shared/operator.ts';
import type { Policy } from '../../shared/policy.ts';
import type { OidcSession } from '../operator/oidc/session.ts';
import type { OidcSignIn } from '../operator/oidc/sign-in.ts';
import type { SignedInOperator } from '../operator/open-operator.ts';
import type { Operators } from '../operator/operators.ts';
import { providerSignIn } from '../operator/operators-of-folder.ts';
import { PRACTICE_ROLES, practiceAddress } from '../practice/practice-keys.ts';
import type { Records } from '../records.ts';
import type { EntryWindow } from '../workbench/needs.ts';
import { operatorServices } from '../workbench/operator-services.ts';
import { openSignIn } from '../workbench/operator-sign-in.ts';
import { entryOnTerminal } from './entry-on-terminal.ts';
import type { GivenPassphrase } from './given-passphrase.ts';
import type { Session } from './session.ts';

/** Whoever holds this closes what was opened, then signs out. */
export interface TerminalSignIn {
  readonly operator: Operator;
  readonly opened: SignedInOperator;
  readonly login: OidcSession | null;
  readonly operators: Operators;
  readonly provider: OidcSignIn | null;
  readonly entry: EntryWindow;
  readonly policy: Policy;
  readonly practice: boolean;
  signOut(): Promise<void>;
}

/**
 * Whether it is one of the practice network's, set up as it sets them up: policy has nothing to protect where the key is
 * public. SECURITY: told by the key alone; a profile or a folder that calls itself one of practice changes nothing.
 */
function isPracticeOperator({ operators }: Records, name: string): boolean {
  const operator = operators.find(name)?.operator;
  if (operator?.credential.kind !== 'keystore') return false;
  const { address, wrapping } = operator.credential;
  const plain = wrapping === 'passphrase' && operator.signIn.kind === 'passphrase' && !operator.signIn.totp;
  return plain && Object.values(PRACTICE_ROLES).some((role) => practiceAddress(role) === address);
}

/** The login ends with the command, at the provider too as far as it offers that. */
async function leave(login: OidcSession | null, { output }: Session): Promise<void> {
  const report = await login?.signOut();
  for (const note of report?.notes ?? []) output.say(note);
}

/** Ctrl-C gives up what waits for the browser. */
function untilInterrupted(provider: OidcSignIn | null, signal: AbortSignal): OidcSignIn | null {
  return (
    provider && {
      signIn: (options) => provider.signIn({ ...options, signal }),
      proveAgain: (person) => provider.proveAgain(person, { signal }),
    }
  );
}

/** @throws DeskError OPERATOR_UNKNOWN, SIGN_IN_*, PASSPHRASE_*, TOTP_*, KEYCHAIN_*, VAULT_*, OIDC_* */
export async function signInOnTerminal(
  session: Session,
  records: Records,
  name: string,
  given: GivenPassphrase | null,
): Promise<TerminalSignIn> {
  const practice = isPracticeOperator(records, name);
  const services = operatorServices(session.programs, () => practice);
  const policy = services.policyOf(records);
  const operators = services.of(records);
  const provider = untilInterrupted(providerSignIn(policy, session.openExternal), session.signal);
  const entry = entryOnTerminal(session.terminal, session.output, given);
  const operator = operators.find(name);
  if (operator.signIn.kind === 'oidc')
    session.output.say(`${operator.name} signs in at the identity provider, in the browser …`);
  const asked = `Sign in as ${operator.name}`;
  const { opened, session: login } = await openSignIn(
    { operators, entry, provider, practice },
    operator,
    asked,
  );
  return {
    operator,
    opened,
    login,
    operators,
    provider,
    entry,
    policy,
    practice,
    async signOut() {
      try {
        records.operators.recordSignOut(operator.id);
      } finally {
        await leave(login, session);
      }
    },
  };
}
