/** A desk that asks the keychain of its environment for one entry, to be ended while it waits. */
import { storeIn } from './keychain-desk.ts';

const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
await storeIn(environment).write('O-0000000001', Buffer.from('a secret'));
