import type { PreloadWorld } from './preload-world.ts';

/**
 * Tells main what it cannot see of a page from outside: whether it is hidden or has the focus, whether the system is
 * dark, whether the screen was locked; and holds a document that main wants to be asked about before
 * it goes. Runs in the top frame's isolated world. It is sent as text: it must use nothing from outside
 * itself.
 */
export function pageSignals(world: PreloadWorld): void {
  interface Target {
    addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
  }
  interface CopyEvent {
    readonly clipboardData: { setData(type: string, text: string): void };
    preventDefault(): void;
    stopImmediatePropagation(): void;
  }
  interface Detector extends Target {
    readonly screenState: string;
    start(options: { readonly threshold: number }): Promise<void>;
  }
  interface Page extends Target {
    readonly top: unknown;
    readonly self: unknown;
    readonly document: Target & {
      readonly hidden: boolean;
      hasFocus(): boolean;
      addEventListener(type: 'copy', listener: (event: CopyEvent) => void, options: object): void;
      removeEventListener(type: 'copy', listener: (event: CopyEvent) => void, options: object): void;
      execCommand(command: 'copy'): boolean;
    };
    readonly IdleDetector?: new () => Detector;
    matchMedia(query: string): Target & { readonly matches: boolean };
  }
  const page = globalThis as unknown as Page;
  if (page.top !== page.self) return;

  const { document } = page;
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  let guarded = false;

  const tellHidden = () => world.post({ type: 'visibility', hidden: document.hidden });
  const tellDark = () => world.post({ type: 'dark', dark: dark.matches });
  const tellFocus = () => world.post({ type: 'focused' });
  document.addEventListener('visibilitychange', tellHidden);
  page.addEventListener('focus', tellFocus);
  if (document.hasFocus()) tellFocus();
  dark.addEventListener('change', tellDark);
  tellHidden();
  tellDark();

  page.addEventListener('beforeunload', (event) => {
    if (guarded) event.preventDefault();
  });
  world.commands['guard'] = (on) => {
    guarded = on === true;
  };
  world.commands['copy'] = (text) => {
    const give = (event: CopyEvent) => {
      event.clipboardData.setData('text/plain', text as string);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('copy', give, { capture: true });
    // Unlike navigator.clipboard it says at once whether it worked; without the focus it does not.
    const copied = document.execCommand('copy');
    document.removeEventListener('copy', give, { capture: true });
    return copied;
  };
  world.commands['watch-screen'] = () => {
    if (page.IdleDetector === undefined) return;
    const detector = new page.IdleDetector();
    const tellScreen = () => world.post({ type: 'screen', locked: detector.screenState === 'locked' });
    detector.addEventListener('change', tellScreen);
    // Refused where the system cannot tell; then nothing is ever told.
    detector.start({ threshold: 60_000 }).then(tellScreen, () => undefined);
  };
}
