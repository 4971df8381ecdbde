/** What the operating system says of a process that is not our child: whether it runs, and what it was started as. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** False for a process that has ended, also for one that nobody has collected yet. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}

/** The command line of a process, its parts joined by spaces; null when it cannot be learned. */
export function commandLineOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    }
    const [program, args] = processQuery(pid);
    const text = execFileSync(program, args, { encoding: 'utf8', timeout: 5_000, windowsHide: true });
    return text.trim();
  } catch {
    return null;
  }
}

function processQuery(pid: number): [string, string[]] {
  if (process.platform !== 'win32') return ['/bin/ps', ['-ww', '-o', 'args=', '-p', String(pid)]];
  const question = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`;
  return ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', question]];
}
