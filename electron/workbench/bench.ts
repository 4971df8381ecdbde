/** What a workbench is opened with, and what the parts that answer for it share. */
import type { DeskState, NetworkCheck } from '../../shared/desk-state.ts';
import type { Checkpoint } from '../desk.ts';
import type { DeskSettings } from '../policy/desk-settings.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import type { OpenExternal } from '../operator/oidc/needs.ts';
import type { createConnection } from './connection.ts';
import type { Dialogs, EntryWindow, Tell } from './needs.ts';
import type { OperatorRoom } from './operator-room.ts';
import type { SignedIn } from './signed-in.ts';
import type { createPeopleDesk } from './people-desk.ts';
import type { WizardParts } from './wizard-parts.ts';

export interface WorkbenchOptions {
  /** The data folder. */
  readonly data: string;
  readonly version: string;
  readonly runtime: DeskState['runtime'];
  readonly dialogs: Dialogs;
  readonly entry: EntryWindow;
  readonly tell: Tell;
  /** Runs the helper programs of the desk. */
  readonly programs: ChildPrograms;
  /** Opens an address in the browser of the system. */
  readonly openExternal: OpenExternal;
  /** What went wrong where nobody can be answered. */
  readonly fault: (thrown: unknown) => void;
  readonly checkpoint?: Checkpoint;
}

/** What the handlers share. */
export interface Bench {
  readonly options: WorkbenchOptions;
  readonly connection: ReturnType<typeof createConnection>;
  readonly people: ReturnType<typeof createPeopleDesk>;
  readonly wizard: WizardParts;
  settings(): DeskSettings;
  /** @throws DeskError SETTINGS_UNUSABLE */
  set(settings: DeskSettings): void;
  readonly room: OperatorRoom;
  operator(): SignedIn | null;
  signedIn(operator: SignedIn | null): void;
  /** Goes on with what stands still because the desk was locked. */
  goOn(): Promise<void>;
  /** The recovery that everything else waits for; null for none. */
  held(): string | null;
  state(): DeskState;
  connectChosen(): Promise<void>;
  /** Connects beside what is worked on, to see what is there. */
  checkNetwork(id: string): Promise<NetworkCheck>;
}
