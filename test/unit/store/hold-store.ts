/** A second process that opens a store for writing, says so, and holds it until it is ended. */
import { openStore } from '../../../electron/store/database.ts';
import { DeskError } from '../../../shared/errors.ts';

const [, , folder = ''] = process.argv;
try {
  openStore(folder, { mode: 'write' });
  process.stdout.write('held\n');
  process.stdin.resume();
} catch (thrown) {
  process.stdout.write(`${thrown instanceof DeskError ? thrown.code : String(thrown)}\n`);
}
