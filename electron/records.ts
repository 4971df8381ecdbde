/** What a desk keeps, in its data folder. It loads nothing that reads a chain, so that a window stands before that is there. */
import path from 'node:path';
import type { Journal } from '../shared/journal.ts';
import type { Policy } from '../shared/policy.ts';
import { openAuditLog } from './audit/audit-log.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { ScanMemory } from './chain/needs.ts';
import { localPeople } from './participants/local/local-people.ts';
import type { LocalPeople } from './participants/local/local-people.ts';
import { loadPolicy } from './policy/load-policy.ts';
import { machinePolicyFile } from './policy/machine-policy.ts';
import type { AuditedRaises, PlanStore, PreviewStore, ReadContext } from './recovery/needs.ts';
import { accessRepository } from './store/access-repository.ts';
import { caseRepository } from './store/case-repository.ts';
import { challengeRepository } from './store/challenge-repository.ts';
import { openDataFolder } from './store/data-folder.ts';
import { openStore } from './store/database.ts';
import type { Store } from './store/database.ts';
import { openJournal } from './store/journal.ts';
import { operatorRepository } from './store/operator-repository.ts';
import type { OperatorRepository } from './store/operator-repository.ts';
import { participantRepository } from './store/participant-repository.ts';
import { planRepository } from './store/plan-repository.ts';
import { previewRepository } from './store/preview-repository.ts';
import { scanMemory } from './store/scan-memory.ts';
import { walletRepository } from './store/wallet-repository.ts';

/** What the data folder holds. */
export interface Records {
  readonly folder: string;
  readonly policy: Policy;
  readonly journal: Journal;
  readonly audit: AuditLog;
  readonly operators: OperatorRepository;
  readonly plans: PlanStore;
  readonly previews: PreviewStore;
  readonly auditedRaises: AuditedRaises;
  readonly cases: ReturnType<typeof caseRepository>;
  readonly challenges: ReturnType<typeof challengeRepository>;
  readonly wallets: ReturnType<typeof walletRepository>;
  readonly scans: ScanMemory;
  readonly local: LocalPeople;
  transaction<T>(work: () => T): T;
  close(): void;
}

function policyOf(folder: string): Policy {
  return loadPolicy({
    machinePolicyFile: machinePolicyFile(),
    settingsFile: path.join(folder, 'policy.json'),
  });
}

function recordsOf(store: Store, policy: Policy): Records {
  const audit = openAuditLog(store);
  return {
    folder: store.folder,
    policy,
    journal: openJournal(store, audit),
    audit,
    operators: operatorRepository(store, audit),
    plans: planRepository(store),
    previews: previewRepository(store),
    auditedRaises: {
      tells: (recoveryId, highestCost) => audit.tells('cost_bound_raised', { recoveryId, highestCost }),
    },
    cases: caseRepository(store),
    challenges: challengeRepository(store),
    wallets: walletRepository(store),
    scans: store.mode === 'write' ? scanMemory(store) : { ...scanMemory(store), save: () => undefined },
    local: localPeople({
      people: participantRepository(store),
      access: accessRepository(store),
      transaction: (work) => store.transaction(work),
      audit: (event) => audit.append(event),
      standingStill() {
        const still = store.snapshot();
        return { people: participantRepository(still), close: () => still.close() };
      },
    }),
    transaction: (work) => store.transaction(work),
    close: () => store.close(),
  };
}

/** Opens the data folder as its one writer. @throws DeskError DATA_FOLDER_*, DATABASE_*, AUDIT_BROKEN, POLICY_INVALID. */
export function openRecords(data: string): Records {
  const folder = openDataFolder(data);
  const policy = policyOf(folder);
  const store = openStore(folder, { mode: 'write' });
  try {
    return recordsOf(store, policy);
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Reads the data folder beside its writer; null when nothing was ever stored there. */
export function readRecords(data: string): Records | null {
  const folder = path.resolve(data);
  const store = openStore(folder, { mode: 'read' });
  return store === null ? null : recordsOf(store, policyOf(folder));
}

/** What reading needs of the records; nothing known where there are none. */
export type KnownBefore = Pick<ReadContext, 'journal' | 'policy'> & { readonly scans: ScanMemory };

const NOTHING_KNOWN: Pick<ReadContext, 'journal'> & { readonly scans: ScanMemory } = {
  journal: { open: () => null, list: () => [], unsettled: () => [], handOverOfWallet: () => [] },
  scans: { load: () => null, save: () => undefined },
};

/** What is known on a desk where nothing was stored yet. */
export function knownBefore(records: Records | null, data: string): KnownBefore {
  return records ?? { ...NOTHING_KNOWN, policy: policyOf(path.resolve(data)) };
}
