/** Which hosts may be connected to: policy's list, or the profile's own; this machine where the profile names it. */
import { DeskError } from '../../shared/errors.ts';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import type { Policy } from '../../shared/policy.ts';

const LOOPBACK_V4 = /^127(\.\d{1,3}){3}$/;

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || LOOPBACK_V4.test(hostname);
}

function refusal(message: string, remedy: string): DeskError {
  return new DeskError('HOST_NOT_ALLOWED', { message, remedy, retry: 'never' });
}

/** An entry of a host list as URLs spell it: lower case, brackets around IPv6. */
function normalised(entry: string): string {
  const text = entry.trim().toLowerCase();
  return (text.match(/:/g)?.length ?? 0) > 1 && !text.startsWith('[') ? `[${text}]` : text;
}

/** The port of an http or https URL, also where it is the scheme's own, which is not part of `URL.host`. */
export function portOf({ port, protocol }: URL): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}

/** A list may name the port or not. */
function spellings(url: URL): readonly string[] {
  return [url.hostname, `${url.hostname}:${portOf(url)}`];
}

/** What to do about a refused host, where it is no endpoint of a network profile. */
export interface HostRemedies {
  readonly list: string;
  readonly plain: string;
}

const OF_A_PROFILE: HostRemedies = {
  list: 'Ask whoever keeps the policy to add the host to "allowedHosts", or correct the network profile.',
  plain: 'Use the https address of the endpoint. Policy can allow plain http with "allowPlainHttp".',
};

/**
 * @returns a check that throws HOST_NOT_ALLOWED for a URL whose host is not on the list, whose scheme is none of
 * http and https, or which goes in plain http to another machine without the policy allowing it.
 */
export function hostCheck(
  profile: Pick<NetworkProfile, 'rpcUrls'>,
  policy: Pick<Policy, 'allowedHosts' | 'allowPlainHttp'>,
  remedies: HostRemedies = OF_A_PROFILE,
): (url: URL) => void {
  const named = profile.rpcUrls.map((text) => new URL(text).hostname);
  const allowed = new Set([
    ...(policy.allowedHosts?.map(normalised) ?? named),
    ...named.filter((hostname) => isLoopback(hostname)),
  ]);

  return (url) => {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw refusal(
        `Nothing was sent: ${url.protocol} is not a kind of connection this desk makes.`,
        'Use an http or https address.',
      );
    }
    if (!spellings(url).some((spelling) => allowed.has(spelling))) {
      throw refusal(
        `Nothing was sent to ${url.host}: the host is not on the list of allowed hosts.`,
        remedies.list,
      );
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname) && !policy.allowPlainHttp) {
      throw refusal(
        `Nothing was sent to ${url.host}: the connection would not be encrypted.`,
        remedies.plain,
      );
    }
  };
}
