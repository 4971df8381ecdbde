/** The part of the workbench that knows operators: who could sign in, who did, and whether somebody is at the desk. */
import type { DeskState } from '../../shared/desk-state.ts';
import type { DeskError } from '../../shared/errors.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { Records } from '../records.ts';
import { createDeskLock } from '../operator/desk-lock.ts';
import type { DeskLock } from '../operator/desk-lock.ts';
import { keychainStore } from '../operator/keychain-store.ts';
import { machineClock } from '../operator/lock-clock.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import type { OidcSignIn } from '../operator/oidc/sign-in.ts';
import type { OpenExternal } from '../operator/oidc/needs.ts';
import { providerSignIn } from '../operator/operators-of-folder.ts';
import type { Operators } from '../operator/operators.ts';
import { operatorServices } from './operator-services.ts';
import type { OperatorServices } from './operator-services.ts';
import { operatorEntries, signInWays } from './sign-in-view.ts';
import { deskLocked, signedInView } from './signed-in.ts';
import type { SignedIn } from './signed-in.ts';

export interface OperatorRoomParts {
  readonly programs: ChildPrograms;
  readonly openExternal: OpenExternal;
  /** Of what is worked with now. */
  readonly records: () => Records;
  readonly isPractice: (records: Records) => boolean;
  /** Whether a recovery is executed, or about to be. */
  readonly busy: () => boolean;
  /** Takes from a running recovery what signs for it. */
  readonly disarm: (because: DeskError) => void;
  readonly changed: () => void;
  /** Gives up what is being asked of whoever was at the desk. */
  readonly left: () => void;
  /** What went wrong with telling of a lock that holds all the same. */
  readonly fault: (thrown: unknown) => void;
}

export interface OperatorRoom {
  current(): SignedIn | null;
  /** Whoever was signed in before is signed out. */
  set(next: SignedIn | null): void;
  /** To be called once the desk is open to them: it locks when their session ends by itself, or has ended by then. */
  watchSession(signedIn: SignedIn): void;
  readonly services: OperatorServices;
  /** Of what is worked with now. */
  operators(): Operators;
  readonly lock: DeskLock;
  /** Why keys cannot be kept in the keychain of this machine; looked at anew. */
  keychain(): Promise<DeskError | null>;
  /** Null where policy names no provider. */
  provider(): OidcSignIn | null;
  view(): Pick<DeskState, 'operator' | 'operators' | 'damagedOperators' | 'signInWays' | 'lock'>;
  close(): void;
}

/** An account that no operator has: looked for to see whether the keychain answers. */
const NOBODY = 'nobody';

export function createOperatorRoom(parts: OperatorRoomParts): OperatorRoom {
  const { programs, records, isPractice, busy, changed } = parts;
  const services = operatorServices(programs, isPractice);
  let current: SignedIn | null = null;
  /** The log that has the sign-in has the sign-out, too. */
  let signedInTo: Records | null = null;
  let keychainProblem: DeskError | null = null;
  const providers = new WeakMap<Records, OidcSignIn | null>();

  const lock = createDeskLock(records().policy, {
    clock: machineClock,
    busy,
    changed,
    left: parts.left,
    audit: (event) => records().audit.append(event),
    takeKeyAway() {
      parts.disarm(deskLocked());
      current?.takeKeyAway();
    },
    fault: parts.fault,
  });

  /** Whatever cannot be written, the key goes, and nobody is signed in. */
  function signOut(): void {
    const left = current;
    current = null;
    if (left === null) return;
    left.close();
    try {
      signedInTo?.operators.recordSignOut(left.operator.id);
    } catch (thrown) {
      parts.fault(thrown);
    }
  }

  /** SECURITY: whom the provider no longer stands by signs nothing more before they have logged in there again. */
  function watchSession(signedIn: SignedIn): void {
    const { session } = signedIn;
    if (session === null) return;
    const ended = (): void => {
      if (current === signedIn && signedIn.session === session) lock.lock('session_ended');
    };
    session.onEnd(ended);
    // It may have ended while a passphrase was typed, and tells nobody of that again.
    if (session.endedBy !== null) ended();
  }

  return {
    current: () => current,
    watchSession,
    set(next) {
      if (current === next) return;
      void current?.session?.signOut();
      signOut();
      current = next;
      signedInTo = next === null ? null : records();
      if (next === null) lock.signedOut();
      else {
        lock.signedIn(next.operator.id);
        watchSession(next);
      }
    },
    services,
    operators: () => services.of(records()),
    lock,
    async keychain() {
      keychainProblem = await keychainStore(programs, records().policy)
        .read(NOBODY)
        .then(
          () => null,
          (thrown: unknown) => asDeskError(thrown),
        );
      changed();
      return keychainProblem;
    },
    provider() {
      const now = records();
      const known = providers.get(now);
      if (known !== undefined) return known;
      const made = isPractice(now) ? null : providerSignIn(now.policy, parts.openExternal);
      providers.set(now, made);
      return made;
    },
    view() {
      const now = records();
      const { kind, cause, since } = lock.state();
      return {
        operator: current === null ? null : signedInView(current),
        ...operatorEntries(services.of(now).list()),
        signInWays: signInWays(services.policyOf(now), isPractice(now) ? null : keychainProblem),
        lock: { kind: kind === 'signed_out' ? 'open' : kind, cause, since: cause === null ? null : since },
      };
    },
    close() {
      signOut();
      lock.signedOut();
    },
  };
}
