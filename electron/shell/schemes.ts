import type { CustomScheme, Protocol } from 'electron';
import { DESK_SCHEME, ENTRY_SCHEME } from './origins.ts';

/** Standard, so that each has an origin of its own; secure, so that it is treated as https is. */
const PRIVILEGES = {
  standard: true,
  secure: true,
  // SECURITY: everything else that a scheme may be given stays off, the Content-Security-Policy stays on.
  bypassCSP: false,
  allowServiceWorkers: false,
  supportFetchAPI: false,
  corsEnabled: false,
  stream: false,
  codeCache: false,
} as const;

export const SCHEMES: readonly CustomScheme[] = [DESK_SCHEME, ENTRY_SCHEME].map((scheme) => ({
  scheme,
  privileges: PRIVILEGES,
}));

/** Has to run before the application is ready, and only once. */
export function registerSchemes(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([...SCHEMES]);
}
