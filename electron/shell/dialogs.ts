import path from 'node:path';
import type { BrowserWindow, Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import type { Dialogs } from '../workbench/needs.ts';
import { writeWhole } from './whole-file.ts';

type FileDialogParts = Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;

/** The file dialogs of the system. One at a time: a page that asks for many gets one, the others are cancelled. */
export function setupDialogs(dialog: FileDialogParts, parent: () => BrowserWindow | null): Dialogs {
  let isOpen = false;

  async function alone(show: () => Promise<string | null>): Promise<string | null> {
    if (isOpen) return null;
    isOpen = true;
    try {
      return await show();
    } finally {
      isOpen = false;
    }
  }

  return {
    openFile: ({ title, filters }) =>
      alone(() =>
        chosen(dialog, parent(), {
          title,
          filters: filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] })),
          properties: ['openFile', 'dontAddToRecent'],
        }),
      ),
    async saveFile({ title, defaultName, text, assertMayWrite }) {
      const file = await alone(() =>
        savedAs(dialog, parent(), {
          title,
          // SECURITY: a name alone, so that nothing which was made from data chooses the folder.
          defaultPath: path.basename(defaultName),
          properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
        }),
      );
      if (file === null) return null;
      assertMayWrite?.();
      await writeWhole(file, text);
      return file;
    },
  };
}

async function chosen(
  dialog: FileDialogParts,
  parent: BrowserWindow | null,
  options: OpenDialogOptions,
): Promise<string | null> {
  const { canceled, filePaths } =
    parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
  return canceled ? null : (filePaths[0] ?? null);
}

async function savedAs(
  dialog: FileDialogParts,
  parent: BrowserWindow | null,
  options: SaveDialogOptions,
): Promise<string | null> {
  const { canceled, filePath } =
    parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options);
  return canceled || filePath === '' ? null : filePath;
}
