import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';

/** Asks a person one question with buttons. @returns the index of the button; `cancelId` where they closed it. */
export type Ask = (question: MessageBoxOptions) => Promise<number>;

/** Questions are main's own, outside the page, which can neither show nor answer them. */
export function setupMessages(
  dialog: Pick<Dialog, 'showMessageBox'>,
  parent: () => BrowserWindow | null,
): Ask {
  return async (question) => {
    const window = parent();
    const { response } =
      window === null ? await dialog.showMessageBox(question) : await dialog.showMessageBox(window, question);
    return response;
  };
}
