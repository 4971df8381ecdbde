/** What the preload puts into the window as `window.desk`: names and JSON, nothing else. */
import type { EventName, ProcedureName } from './contract-names.ts';

export interface DeskBridge {
  /** Asks main. Resolves to an `Answer`; never rejects for what main refused. */
  invoke(name: ProcedureName, input: unknown): Promise<unknown>;
  /** Listens to what main tells. @returns ends the listening. */
  on(name: EventName, listener: (payload: unknown) => void): () => void;
}
