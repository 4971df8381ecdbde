import type { Input } from 'electron';

/** What a preload said by ipcRenderer. */
export type IpcMessage =
  | {
      readonly type: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: 'send'; readonly channel: string; readonly args: readonly unknown[] };

/** The part of a pressed key that this runtime tells. */
export type KeyInput = Pick<
  Input,
  'type' | 'key' | 'code' | 'isAutoRepeat' | 'control' | 'shift' | 'alt' | 'meta'
>;

/** What the world of a preload tells main. */
export type WorldMessage =
  | IpcMessage
  | { readonly type: 'key'; readonly input: KeyInput }
  | { readonly type: 'visibility'; readonly hidden: boolean }
  | { readonly type: 'focused' }
  | { readonly type: 'dark'; readonly dark: boolean }
  | { readonly type: 'screen'; readonly locked: boolean };

type Fields = Readonly<Record<string, unknown>>;

/** Arguments are handed to listeners one by one, over the stack. */
const MOST_ARGUMENTS = 100;
const KEY_TEXTS = ['key', 'code'];
const KEY_FLAGS = ['isAutoRepeat', 'control', 'shift', 'alt', 'meta'];

/**
 * Reads what came through the binding.
 * @returns undefined for what no preload's world of this runtime says: it is dropped.
 */
// SECURITY: it comes from the process that draws the page. What cannot be used must not become a fault of main, which
// would end it in the middle of its work.
export function worldMessage(payload: string): WorldMessage | undefined {
  const fields = parsed(payload);
  return fields !== undefined && isMessage(fields) ? fields : undefined;
}

function parsed(payload: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isMessage(fields: Fields): fields is Fields & WorldMessage {
  switch (fields['type']) {
    case 'invoke':
      return typeof fields['id'] === 'number' && isIpc(fields);
    case 'send':
      return isIpc(fields);
    case 'key':
      return isKey(fields['input']);
    case 'visibility':
      return typeof fields['hidden'] === 'boolean';
    case 'focused':
      return true;
    case 'dark':
      return typeof fields['dark'] === 'boolean';
    case 'screen':
      return typeof fields['locked'] === 'boolean';
    default:
      return false;
  }
}

function isIpc({ channel, args }: Fields): boolean {
  return typeof channel === 'string' && Array.isArray(args) && args.length <= MOST_ARGUMENTS;
}

function isKey(input: unknown): boolean {
  if (!isFields(input) || input['type'] !== 'keyDown') return false;
  return (
    KEY_TEXTS.every((name) => typeof input[name] === 'string') &&
    KEY_FLAGS.every((name) => typeof input[name] === 'boolean')
  );
}
