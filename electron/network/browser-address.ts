/** Which addresses may be given to the person's own browser. */
import { isLoopback } from './allowed-hosts.ts';

/** Https, or http to this machine, and no credentials in it. Other schemes start programs. */
export function isBrowserAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
