import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import type { CdpSession } from './cdp-session.ts';

type Source = NativeTheme['themeSource'];

/** Electron's nativeTheme: light and dark, by the browser's emulation of the system's choice. */
class ChromiumNativeTheme
  extends EventEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  readonly #sessions = new Set<CdpSession>();
  #source: Source = 'system';
  #systemDark = false;

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    this.#source = source;
    for (const session of this.#sessions) this.#apply(session);
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemDark : this.#source === 'dark';
  }

  adopt(session: CdpSession): void {
    this.#sessions.add(session);
    if (this.#source !== 'system') this.#apply(session);
  }

  release(session: CdpSession): void {
    this.#sessions.delete(session);
  }

  /** A page saw whether it is drawn dark. */
  seen(dark: boolean): void {
    if (this.#source !== 'system' || dark === this.#systemDark) return;
    this.#systemDark = dark;
    this.emit('updated');
  }

  #apply(session: CdpSession): void {
    const value = this.#source === 'system' ? '' : this.#source;
    session.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }
}

export const nativeTheme = new ChromiumNativeTheme();
