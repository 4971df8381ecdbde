import type { MessageBoxOptions } from 'electron';

export type CloseChoice = 'keep' | 'background' | 'stop';

/** In the order of the buttons. Closing the question changes nothing. */
export const CLOSE_CHOICES: readonly CloseChoice[] = ['keep', 'background', 'stop'];

export const CLOSE_QUESTION: MessageBoxOptions = {
  type: 'question',
  title: 'A recovery is running',
  message: 'A recovery is running. What should happen to it?',
  detail: [
    'Keep the window open: nothing changes.',
    'Close the window: the recovery goes on without a window, which comes back if the recovery waits or stops. Start the desk again to see it.',
    'Stop and close: the recovery stops at its next safe point and can be resumed later. Until it is resumed the person may be left between the old wallet and the new one.',
  ].join('\n\n'),
  buttons: [
    'Keep the window open',
    'Close the window, the recovery goes on',
    'Stop at the next safe point and close',
  ],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};

export const STOPPING_NOTE: MessageBoxOptions = {
  type: 'info',
  title: 'The recovery is stopping',
  message: 'The recovery is stopping at its next safe point. The desk closes by itself then.',
  detail: 'What was sent is waited for first, which can take some minutes.',
  buttons: ['OK'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};

export const STOP_FAILED: MessageBoxOptions = {
  type: 'warning',
  title: 'The recovery could not be stopped',
  message: 'The recovery could not be stopped, so the desk stays open. Everything that was sent is recorded.',
  detail: 'Look at the progress of the recovery, and close the desk again once it has ended.',
  buttons: ['OK'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};
