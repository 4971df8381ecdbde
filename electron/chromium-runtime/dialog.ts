import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { askInWindow } from './dialog-window.ts';
import { runningBrowser } from './running-browser.ts';
import type { ChromiumWebContents } from './web-contents.ts';

/** Electron's dialogs take a window first, or not. */
type Called<Options> = [options: Options] | [window: unknown, options: Options];

/** Electron's dialogs, each a small window of this runtime. */
export const dialog = {
  async showMessageBox(...called: Called<MessageBoxOptions>): Promise<MessageBoxReturnValue> {
    const {
      message,
      detail = '',
      title = app.getName(),
      buttons = [],
      defaultId = 0,
      cancelId,
    } = optionsOf(called);
    const labels = buttons.length === 0 ? ['OK'] : buttons;
    const { button } = await askInWindow(
      { title, message, detail, buttons: labels, defaultId },
      parentOf(called),
    );
    return { response: button ?? cancelId ?? cancelOf(labels), checkboxChecked: false };
  },

  /** Files only: a browser gives no folder without uploading it. */
  async showOpenDialog(...called: Called<OpenDialogOptions>): Promise<OpenDialogReturnValue> {
    const {
      title = 'Open',
      message,
      buttonLabel = 'Open',
      filters = [],
      properties = [],
    } = optionsOf(called);
    if (properties.includes('openDirectory')) throw new Error('No folder can be chosen in this runtime.');
    const content = {
      title,
      message: message ?? title,
      detail: '',
      buttons: [buttonLabel, 'Cancel'],
      defaultId: 0,
      files: { accept: acceptOf(filters), multiple: properties.includes('multiSelections') },
    };
    const { button, files } = await askInWindow(content, parentOf(called));
    const chosen = button === 0 ? [...files] : [];
    return { canceled: chosen.length === 0, filePaths: chosen };
  },

  /** There is no choice of a place: it says where the file will be, under a name that is free. */
  async showSaveDialog(...called: Called<SaveDialogOptions>): Promise<SaveDialogReturnValue> {
    const { title = 'Save', message, buttonLabel = 'Save', defaultPath = 'file' } = optionsOf(called);
    const folder = path.isAbsolute(defaultPath) ? path.dirname(defaultPath) : app.getPath('documents');
    mkdirSync(folder, { recursive: true });
    const filePath = freePath(folder, path.basename(defaultPath));
    const content = {
      title,
      message: message ?? title,
      detail: `It will be saved as\n${filePath}`,
      buttons: [buttonLabel, 'Cancel'],
      defaultId: 0,
    };
    const { button } = await askInWindow(content, parentOf(called));
    return button === 0 ? { canceled: false, filePath } : { canceled: true, filePath: '' };
  },

  /** Says it on stderr, and in a window once there can be one; it does not wait. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
    if (runningBrowser() === undefined) return;
    askInWindow({ title, message: title, detail: content, buttons: ['OK'], defaultId: 0 }).catch(
      () => undefined,
    );
  },
};

/** A path in the folder at which nothing lies yet. */
export function freePath(folder: string, name: string): string {
  const { name: stem, ext } = path.parse(name);
  for (let count = 1; ; count += 1) {
    const candidate = path.join(folder, count === 1 ? name : `${stem} (${count})${ext}`);
    if (!existsSync(candidate)) return candidate;
  }
}

/** Electron's rule: the button that says no, else the first. */
function cancelOf(labels: readonly string[]): number {
  const index = labels.findIndex((label) => /^(?:cancel|no)$/iu.test(label));
  return index === -1 ? 0 : index;
}

function acceptOf(filters: NonNullable<OpenDialogOptions['filters']>): string[] {
  const extensions = filters.flatMap((filter) => filter.extensions);
  return extensions.includes('*') ? [] : extensions.map((extension) => `.${extension}`);
}

function parentOf(called: Called<unknown>): ChromiumWebContents | undefined {
  const [window] = called;
  return window instanceof BrowserWindow ? window.webContents : undefined;
}

function optionsOf<Options>(called: Called<Options>): Options {
  return called.length === 1 ? called[0] : called[1];
}
