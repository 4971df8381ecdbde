/**
 * Lines for whoever looks after the machine, on stderr. The terminal that the desk was started from may be gone: what
 * can't be written is lost, and ends nothing.
 * @returns writes one line.
 */
export function setupDiagnostics(stderr: Pick<NodeJS.WriteStream, 'on' | 'write'>): (line: string) => void {
  stderr.on('error', () => undefined);
  return (line) => void stderr.write(`${line}\n`);
}
