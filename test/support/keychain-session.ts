/**
 * A throw-away keychain of its own: a session bus, GNOME's Secret Service on it, and a home folder that goes with it.
 * Nothing of the machine's own session is touched.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PROGRAMS = ['dbus-daemon', 'gdbus', 'gnome-keyring-daemon'];
const SECRETS = 'org.freedesktop.secrets';
const PROMPTER = 'org.gnome.keyring.SystemPrompter';
const WAIT_SECONDS = '30';

export interface SessionOptions {
  /** `open`: a keyring, unlocked; `bare`: the service without any keyring; `none`: a bus and no service. */
  readonly keychain: 'open' | 'bare' | 'none';
  /** The display on which the system may ask for passwords; without one it cannot. */
  readonly display?: string;
}

export class KeychainSession {
  /** What a program finds in its environment in this session. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  /** In the order in which they were started. */
  readonly #children: ChildProcess[] = [];
  #service: ChildProcess | undefined;

  private constructor(display: string | undefined) {
    requirePrograms();
    this.#folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-keychain-'));
    const runtime = path.join(this.#folder, 'run');
    mkdirSync(runtime, { mode: 0o700 });
    const where = { HOME: this.#folder, XDG_RUNTIME_DIR: runtime, PATH: process.env['PATH'] ?? '' };
    this.environment = { ...where, ...(display === undefined ? {} : { DISPLAY: display }) };
  }

  static async open(options: SessionOptions): Promise<KeychainSession> {
    const session = new KeychainSession(options.display);
    try {
      await session.#startBus(options.display !== undefined);
      if (options.keychain !== 'none') await session.#startService(options.keychain);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** Locks the keyring, as a person does who leaves. */
  async lock(): Promise<void> {
    await this.#call('org.freedesktop.Secret.Service.Lock', "['/org/freedesktop/secrets/collection/login']");
  }

  /** Opens the keyring again, as a person does who comes back: another service of the same keyring, told the password. */
  async unlock(): Promise<void> {
    if (this.#service !== undefined) await endChild(this.#service);
    await this.#startService('open');
  }

  /** Settles when the system has begun to ask for a password. */
  async prompted(): Promise<void> {
    await run('gdbus', ['wait', '--session', '--timeout', WAIT_SECONDS, PROMPTER], { env: this.environment });
  }

  /** Ends what was started, by its id, and takes the folder away. */
  async close(): Promise<void> {
    for (const child of this.#children.toReversed()) await endChild(child);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #call(method: string, ...args: string[]): Promise<void> {
    const where = ['--session', '--dest', SECRETS, '--object-path', '/org/freedesktop/secrets'];
    await run('gdbus', ['call', ...where, '--method', method, ...args], { env: this.environment });
  }

  async #startBus(prompts: boolean): Promise<void> {
    const config = path.join(this.#folder, 'bus.conf');
    writeFileSync(config, busConfig(this.#folder, prompts));
    const bus = this.#start('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=3']);
    const [address] = (await once(bus.stdio[3] as Readable, 'data')) as [Buffer];
    Object.assign(this.environment, { DBUS_SESSION_BUS_ADDRESS: address.toString('utf8').trim() });
  }

  async #startService(keychain: 'open' | 'bare'): Promise<void> {
    const unlock = keychain === 'open' ? ['--unlock'] : [];
    const service = this.#start('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...unlock]);
    this.#service = service;
    const input = service.stdin as Writable;
    input.end(keychain === 'open' ? 'password of the throw-away keyring' : '');
    await run('gdbus', ['wait', '--session', '--timeout', WAIT_SECONDS, SECRETS], { env: this.environment });
  }

  #start(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, {
      env: { ...this.environment },
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    });
    this.#children.push(child);
    return child;
  }
}

/** Without folders of services the bus starts nothing by itself; with them it starts what asks for passwords. */
function busConfig(folder: string, prompts: boolean): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  ${prompts ? '<standard_session_servicedirs/>' : ''}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

function requirePrograms(): void {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const missing = PROGRAMS.filter((name) => !folders.some((folder) => existsSync(path.join(folder, name))));
  if (missing.length === 0) return;
  throw new Error(
    `the tests of the keychain need ${missing.join(', ')}: "npm run setup" installs dbus and gnome-keyring on Debian as root, and says how elsewhere`,
  );
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
