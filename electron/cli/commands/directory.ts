/** `directory`: lets the desk into a participant directory over HTTP, and shows what it can do there. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { DIRECTORY_CAPABILITIES } from '../../../shared/directory.ts';
import type { Capabilities, Capability, DirectoryCapability } from '../../../shared/directory.ts';
import type { DirectoryProfile } from '../../../shared/directory-profile.ts';
import { knownBefore } from '../../records.ts';
import { keychainStore } from '../../operator/keychain-store.ts';
import { wipe } from '../../operator/passphrase.ts';
import { keepDirectorySecret, secretAccount } from '../../participants/directory-secret.ts';
import type { DirectorySecrets } from '../../participants/needs.ts';
import { openHttpDirectory } from '../../participants/open-http-directory.ts';
import { loadDirectoryProfile } from '../../policy/load-directory-profile.ts';
import type { LoadedDirectoryProfile } from '../../policy/load-directory-profile.ts';
import type { Policy } from '../../../shared/policy.ts';
import { options } from '../arguments.ts';
import { passphraseFdOption } from '../executor-options.ts';
import { givenPassphrase } from '../given-passphrase.ts';
import { askCredentialOf } from '../prompt.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

interface Given {
  readonly directory: string;
  readonly data: string;
  readonly passphraseFd?: number;
}

interface Parts extends LoadedDirectoryProfile {
  readonly policy: Policy;
  readonly secrets: DirectorySecrets;
}

function partsOf(session: Session, { directory, data }: Given): Parts {
  const { policy } = knownBefore(null, data);
  return { ...loadDirectoryProfile(directory), policy, secrets: keychainStore(session.programs, policy) };
}

const NAMES: Readonly<Record<DirectoryCapability, string>> = {
  sessions: 'End sessions',
  second_factors: 'Reset second factors',
  passkeys: 'Remove passkeys',
  api_keys: 'Remove API keys',
  wallet_verifications: 'Reset wallet verifications',
  sign_in_hold: 'Hold the sign-in',
  wallet_link: 'Link the replacement wallet',
};

function words(capability: Capability): string {
  switch (capability.can) {
    case 'can':
      return 'yes';
    case 'partly':
      return `partly: ${capability.survives}`;
    case 'cannot':
      return `no: ${capability.why}`;
  }
}

async function capabilitiesWith(
  { profile, dir, policy, secrets }: Parts,
  { signal }: Session,
): Promise<Capabilities> {
  const opened = openHttpDirectory({ profile, profileDir: dir, policy, secrets });
  try {
    return await opened.directory.capabilities({ signal });
  } finally {
    opened.close();
  }
}

function answer({ output }: Session, profile: DirectoryProfile, capabilities: Capabilities): void {
  const rows = DIRECTORY_CAPABILITIES.map((name) => [NAMES[name], words(capabilities[name])]);
  output.answer(
    { name: profile.name, kind: profile.kind, url: profile.url, capabilities },
    [
      `${profile.name}: ${profile.kind} at ${new URL(profile.url).host}`,
      '',
      table(['What', 'Can the desk'], rows),
    ].join('\n'),
  );
}

/** Kept only once it has opened the directory. */
async function signIn(session: Session, given: Given): Promise<void> {
  const parts = partsOf(session, given);
  const { profile, secrets } = parts;
  const descriptor = given.passphraseFd;
  const source =
    descriptor === undefined ? ({ kind: 'typed' } as const) : ({ kind: 'descriptor', descriptor } as const);
  const read = await givenPassphrase(source, session.output);
  const secret = read?.bytes ?? (await askCredentialOf(session.terminal, profile.name));
  try {
    const tried = { ...secrets, read: () => Promise.resolve(secret.slice()) };
    const capabilities = await capabilitiesWith({ ...parts, secrets: tried }, session);
    await keepDirectorySecret(profile, secrets, secret);
    answer(session, profile, capabilities);
  } finally {
    wipe(secret);
  }
}

async function check(session: Session, given: Given): Promise<void> {
  const parts = partsOf(session, given);
  answer(session, parts.profile, await capabilitiesWith(parts, session));
}

async function signOut(session: Session, given: Given): Promise<void> {
  const { profile, secrets } = partsOf(session, given);
  const removed = await secrets.remove(secretAccount(profile));
  session.output.answer(
    { name: profile.name, removed },
    removed
      ? `The credential for "${profile.name}" is no longer in the keychain. Have it revoked there, too.`
      : `There was no credential for "${profile.name}" in the keychain.`,
  );
}

export function directoryCommands(program: Command, session: () => Session): void {
  const directory = program.command('directory').description('participant directories over HTTP');
  const command = (
    name: string,
    description: string,
    run: (session: Session, given: Given) => Promise<void>,
  ) =>
    directory
      .command(name)
      .description(description)
      .addOption(new Option('--directory <file>', 'directory profile (JSON)').makeOptionMandatory())
      .addOption(options.data())
      .addOption(options.json())
      .action((given: Given) => run(session(), given));

  command(
    'sign-in',
    'try a credential of an administrator there, and keep it in the keychain',
    signIn,
  ).addOption(passphraseFdOption('credential'));
  command('check', 'open it with the credential in the keychain, and show what the desk can do there', check);
  command('sign-out', 'take the credential out of the keychain', signOut);
}
