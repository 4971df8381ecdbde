/**
 * For how long the platform believes a signed-in browser without asking its database: Better Auth's cookie cache. What
 * is measured is what the platform itself sends along with its answers to the desk, which is signed in like a browser.
 */
const CACHE_COOKIE = /^[^=]*session_data(?:\.\d+)?=(?<value>[^;]*)/u;
const MAX_AGE = /;\s*max-age=(?<seconds>\d+)/iu;

/**
 * Browsers that are not to be remembered get a cookie without an age; its content is then believed for this many
 * seconds, by the form of the cookie (Better Auth 1.7, `setCookieCache`).
 */
const UNREMEMBERED_COMPACT = 60;
const UNREMEMBERED_TOKEN = 300;

/** The longest that any browser is believed, in seconds; null where none of the cookies is of the cache. */
export function cacheSecondsOf(cookies: readonly string[]): number | null {
  const ages = cookies.flatMap((cookie) => {
    const value = CACHE_COOKIE.exec(cookie)?.groups?.['value'];
    if (value === undefined || value === '') return [];
    const age = Number(MAX_AGE.exec(cookie)?.groups?.['seconds'] ?? 0);
    return [Math.max(age, value.includes('.') ? UNREMEMBERED_TOKEN : UNREMEMBERED_COMPACT)];
  });
  return ages.length === 0 ? null : Math.max(...ages);
}
