/** The desk's own parts, at work in a throw-away keychain: the built program, real keytar, the real vault. */
import path from 'node:path';
import { createVault } from '../../electron/operator/create-vault.ts';
import { keychainStore } from '../../electron/operator/keychain-store.ts';
import { nodeChildPrograms } from '../../electron/operator/node-child-programs.ts';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import type { Vault } from '../../electron/operator/vault.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { projectRoot } from './tree.ts';

/** Where the built programs lie. */
export const BUILT = path.join(projectRoot, 'out', 'main');

/** Long enough for a machine that is busy with other tests; nothing here waits for its end but what hangs. */
const PATIENCE_MS = 60_000;

export function storeIn(
  environment: Readonly<Record<string, string>>,
  keychainTimeoutMs = PATIENCE_MS,
): SecretStore {
  return keychainStore(nodeChildPrograms(BUILT, environment), { keychainTimeoutMs });
}

export function vaultOver(store: SecretStore): Vault {
  return createVault({ store, policy: DEFAULT_POLICY });
}
