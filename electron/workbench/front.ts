/**
 * The front of the desk: its records and settings, and what the first view is drawn from. It loads neither engine nor
 * signers, so that a window stands before those are there.
 */
import type { DeskState } from '../../shared/desk-state.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { listedOperators } from '../operator/listed-operators.ts';
import { PRACTICE_NAME, readDeskSettings } from '../policy/desk-settings.ts';
import type { DeskSettings } from '../policy/desk-settings.ts';
import { openRecords } from '../records.ts';
import type { Records } from '../records.ts';
import type { WorkbenchOptions } from './bench.ts';
import { failedConnection } from './failed-connection.ts';
import { networkEntries } from './networks.ts';
import { operatorEntries, signInWays } from './sign-in-view.ts';
import { unendedPastReturn, wantedNetwork } from './wanted-network.ts';

export interface Front {
  readonly records: Records;
  readonly settings: DeskSettings;
  /** The recovery that everything else waits for; null for none. */
  readonly lockedOn: string | null;
  /** The desk before anything was connected to. */
  state(): DeskState;
  /** Where the wizard stands; null where that takes the engine to tell. */
  wizard(): Wizard | null;
}

type FrontOptions = Pick<WorkbenchOptions, 'data' | 'version' | 'runtime'>;

/** @throws DeskError DATA_FOLDER_*, DATABASE_*, AUDIT_BROKEN, POLICY_INVALID, SETTINGS_UNUSABLE. */
export function openFront({ data, version, runtime }: FrontOptions): Front {
  const records = openRecords(data);
  try {
    const settings = readDeskSettings(records.folder);
    const lockedOn = unendedPastReturn(records);
    return {
      records,
      settings,
      lockedOn,
      state: () => ({
        version,
        runtime,
        appearance: settings.appearance,
        networks: networkEntries(settings),
        connection: aboutToConnect(records, settings, lockedOn),
        participantsFile: null,
        directory: null,
        operator: null,
        ...operatorEntries(listedOperators(records.operators)),
        signInWays: signInWays(records.policy, null),
        lock: { kind: 'open', cause: null, since: null },
        lockedOn,
        drills: [],
      }),
      wizard: () => (lockedOn === null ? { step: 'none' } : null),
    };
  } catch (thrown) {
    records.close();
    throw thrown;
  }
}

function aboutToConnect(
  records: Records,
  settings: DeskSettings,
  lockedOn: string | null,
): DeskState['connection'] {
  try {
    const wanted = wantedNetwork(records, settings, lockedOn);
    if (wanted === null) return { status: 'none' };
    return { status: 'connecting', name: wanted === 'practice' ? PRACTICE_NAME : wanted.name };
  } catch (thrown) {
    return failedConnection({ status: 'none' }, thrown);
  }
}
