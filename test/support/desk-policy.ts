/** What policy says on a desk under test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Policy } from '../../shared/policy.ts';

/** Lays policy down in the data folder, before a desk opens it. */
export function layPolicy(data: string, policy: Partial<Policy>): void {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(data, 'policy.json'), JSON.stringify(policy));
}

/** The policy of a desk without a keychain: there is none where most tests run, and it has tests of its own. */
export function withoutKeychain(data: string): void {
  layPolicy(data, { allowVaultWithoutKeychain: true });
}
