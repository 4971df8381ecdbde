/**
 * The way to a remote signer: https to its own host, or http on this machine. It must never follow a redirect, obey a
 * proxy variable, or trust another authority than the one that was pinned.
 */
import http from 'node:http';
import https from 'node:https';
import { DeskError } from '../../shared/errors.ts';
import type { Policy } from '../../shared/policy.ts';
import { hostCheck } from './allowed-hosts.ts';
import { post } from './http-post.ts';
import { readAnswer } from './json-answer.ts';
import { signerFaults } from './signer-errors.ts';
import { readTlsFiles } from './tls-files.ts';
import type { TlsFileFaults } from './tls-files.ts';

const MIB = 1024 * 1024;

export interface SignerLink {
  /**
   * Posts JSON and answers the parsed JSON.
   * @throws DeskError SIGNER_UNAVAILABLE, SIGNER_TIMEOUT. The signal's reason on abort.
   */
  postJson(body: unknown, signal: AbortSignal): Promise<unknown>;
  /** Drops all connections. */
  close(): void;
}

export interface SignerLinkOptions {
  readonly url: string;
  /** Files of the client's certificate and key and of the pinned authority; absolute, null for none. */
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly caFile: string | null;
  readonly policy: Pick<Policy, 'allowedHosts' | 'signerTimeoutMs'>;
  /** Largest answer that is read, in bytes. */
  readonly maxResponseBytes?: number;
}

const WORDS = {
  list: 'Ask whoever keeps the policy to add the host to "allowedHosts", or correct the address of the signer.',
  plain: 'Use the https address of the signer. Plain http is for a signer on this machine alone.',
};

const FILE_FAULTS: TlsFileFaults = {
  unreadable: (which, cause) =>
    new DeskError('FILE_UNREADABLE', {
      message: `The ${NAMES[which]} that is set up for the remote signer cannot be read.`,
      remedy: 'Check that the file is there and that you may read it, or set it up anew.',
      retry: 'safe',
      cause,
    }),
  unusable: () =>
    new DeskError('OPERATOR_INVALID', {
      message:
        'The certificate, key or authority that is set up for the remote signer is damaged, protected by a passphrase, or the key is not the one of the certificate.',
      remedy: 'Set up files in PEM form that belong together, with the key unencrypted.',
      retry: 'never',
    }),
};

const NAMES = {
  certFile: 'client certificate',
  keyFile: 'key of the client certificate',
  caFile: 'certificate authority',
} as const;

/**
 * Connects to nothing yet.
 * @throws DeskError HOST_NOT_ALLOWED; FILE_UNREADABLE, OPERATOR_INVALID for the files.
 */
export function openSignerLink(options: SignerLinkOptions): SignerLink {
  const { policy, maxResponseBytes = MIB } = options;
  const url = new URL(options.url);
  // SECURITY: keys are asked for their signature over an encrypted connection, whatever policy lets nodes have.
  const { allowedHosts } = policy;
  hostCheck({ rpcUrls: [options.url] }, { allowedHosts, allowPlainHttp: false }, WORDS)(url);
  const tls = readTlsFiles(
    {
      certFile: options.certFile ?? undefined,
      keyFile: options.keyFile ?? undefined,
      caFile: options.caFile ?? undefined,
    },
    FILE_FAULTS,
  );
  // SECURITY: agents of our own without `proxyEnv`: HTTP_PROXY and its kin are not obeyed; nor is NODE_TLS_REJECT_UNAUTHORIZED.
  const agent =
    url.protocol === 'https:' ? new https.Agent({ ...tls, rejectUnauthorized: true }) : new http.Agent();
  return {
    async postJson(body, signal) {
      const timeoutMs = policy.signerTimeoutMs;
      const answer = await post({
        url,
        body: JSON.stringify(body),
        headers: {},
        agent,
        timeoutMs,
        maxResponseBytes,
        signal,
        faults: signerFaults,
      });
      return readAnswer(url.host, answer, timeoutMs, signerFaults);
    },
    close: () => agent.destroy(),
  };
}
