/** The two documents of the desk: each has a scheme, an origin, a session and thereby a process of its own. */

export const DESK_SCHEME = 'app';
export const DESK_ORIGIN = 'app://desk';
export const DESK_URL = `${DESK_ORIGIN}/`;

export const ENTRY_SCHEME = 'entry';
export const ENTRY_ORIGIN = 'entry://window';
export const ENTRY_URL = `${ENTRY_ORIGIN}/`;

// SECURITY: neither name begins with `persist:`, so nothing of a page is ever written to disk.
export const DESK_PARTITION = 'desk';
export const ENTRY_PARTITION = 'entry';
