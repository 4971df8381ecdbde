/** Where the owner of a machine lays down its policy: a place that its users cannot write. */
import path from 'node:path';

export function machinePolicyFile(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (platform === 'win32') {
    return path.win32.join(env['ProgramData'] ?? String.raw`C:\ProgramData`, 'Recovery Desk', 'policy.json');
  }
  if (platform === 'darwin') return '/Library/Application Support/Recovery Desk/policy.json';
  return '/etc/recovery-desk/policy.json';
}
