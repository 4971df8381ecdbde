/**
 * What every page asks first, asked while the page itself is still on its way, so that the answers are there when it is.
 * What main tells meanwhile is kept: it is newer than they are. For the preload of the desk window.
 */
import type { EventName, ProcedureName } from './contract-names.ts';
import type { DeskBridge } from './desk-bridge.ts';

/** The questions of every page of the desk window. */
export const ASKED_AHEAD = ['desk.state', 'wizard.state'] as const satisfies readonly ProcedureName[];

/**
 * The bridge, with these questions asked already.
 * @param names procedures that take nothing. Whoever asks for one first is given the answer that is there.
 * @param events what may be told before anybody listens; the newest of each is handed to its first listener.
 */
export function askedAhead(
  bridge: DeskBridge,
  names: readonly ProcedureName[],
  events: readonly EventName[],
): DeskBridge {
  // In this order: nothing that is told once they are asked is missed.
  const kept = new Map(events.map((name) => [name, keep(bridge, name)]));
  const answers = new Map(names.map((name) => [name, bridge.invoke(name, {}).catch(() => null)]));

  return {
    invoke(name, input) {
      const ahead = answers.get(name);
      answers.delete(name);
      if (ahead === undefined) return bridge.invoke(name, input);
      // What main could not answer so early is asked for anew.
      return ahead.then((answer) => (isGranted(answer) ? answer : bridge.invoke(name, input)));
    },
    on(name, listener) {
      const before = kept.get(name);
      kept.delete(name);
      const end = bridge.on(name, listener);
      before?.handTo(listener);
      return end;
    },
  };
}

/** Keeps the newest of what is told, until somebody listens. */
function keep(bridge: DeskBridge, name: EventName) {
  let newest: { readonly payload: unknown } | null = null;
  const end = bridge.on(name, (payload) => {
    newest = { payload };
  });
  return {
    handTo(listener: (payload: unknown) => void): void {
      end();
      if (newest !== null) listener(newest.payload);
    },
  };
}

function isGranted(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}
