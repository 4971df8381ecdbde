/**
 * The policy room: loads policy, settings and network profiles through one reader; defaults are in shared/.
 * It must never guess: an unknown key, an unreadable file or a wrong value stops the desk with its name.
 */
import { DeskError } from '../../shared/errors.ts';
import { policySchema } from '../../shared/policy.ts';
import type { Policy } from '../../shared/policy.ts';
import { describeIssues } from './describe-issues.ts';
import { readJsonFile } from './json-file.ts';

export interface PolicyFiles {
  /** What the owner of the machine laid down: wins over all else. */
  readonly machinePolicyFile?: string | undefined;
  /** What was set in the desk's own data folder. */
  readonly settingsFile?: string | undefined;
}

function invalid(file: string, what: string, cause?: unknown): DeskError {
  return new DeskError('POLICY_INVALID', {
    message: `The policy file ${file} cannot be used: ${what}.`,
    remedy: 'Correct the file, or ask whoever laid it down. Nothing was done.',
    retry: 'never',
    cause,
  });
}

/** The keys that one file sets, each known and well-formed; none for a file that is not there. */
function readLayer(file: string | undefined): object {
  if (file === undefined) return {};
  const read = readJsonFile(file);
  if (read.kind === 'missing') return {};
  if (read.kind === 'unreadable') throw invalid(file, `it ${read.reason}`, read.cause);
  const checked = policySchema.safeParse(read.value);
  if (!checked.success) throw invalid(file, describeIssues(read.value, checked.error));
  return typeof read.value === 'object' && read.value !== null ? read.value : {};
}

/**
 * Defaults, then the settings file, then the machine policy, key by key. Files that do not exist are fine.
 * @throws DeskError POLICY_INVALID naming the file and each wrong key; also where `signIn` allows `oidc` and neither
 *   names a provider.
 */
export function loadPolicy(files: PolicyFiles): Policy {
  const settings = readLayer(files.settingsFile);
  const machine = readLayer(files.machinePolicyFile);
  const policy = policySchema.parse({ ...settings, ...machine });
  if (policy.signIn.includes('oidc') && policy.oidc === null) {
    throw providerMissing(('signIn' in machine ? files.machinePolicyFile : files.settingsFile) ?? '');
  }
  return policy;
}

/** Each key is right by itself; nobody could sign in that way. */
function providerMissing(file: string): DeskError {
  return new DeskError('POLICY_INVALID', {
    message: `The policy file ${file} cannot be used: "signIn" allows "oidc", and no identity provider is named.`,
    remedy:
      'Name the provider under "oidc", or take "oidc" out of "signIn", or ask whoever laid the file down. Nothing was done.',
    retry: 'never',
  });
}
