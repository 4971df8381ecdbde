/**
 * Signs by a remote signer over HTTPS JSON-RPC, as Web3Signer and Clef speak it.
 *
 * For the engine: a remote signer may have signed although no answer came (it was cut off, or took too long). That is
 * no second effect: it only ever answers here, nobody else has what it signed, and when the same stored intent is
 * signed again it has the same nonce and calldata, so at the most one of the two can be mined.
 */
import { DeskError } from '../../../shared/errors.ts';
import type { Json } from '../../../shared/canonical.ts';
import type { Credential } from '../../../shared/operator.ts';
import type { Policy } from '../../../shared/policy.ts';
import { NO_SIGNATURE } from '../../network/signer-errors.ts';
import { openSignerLink } from '../../network/signer-link.ts';
import type { SignerLink } from '../../network/signer-link.ts';
import { answerWrong, signsNoClaims } from '../signed-answer.ts';
import type { SigningMeans } from '../signer.ts';
import { accountsOf, rawOf, readAnswered, signatureOf } from './json-rpc-answer.ts';
import { remoteForm } from './remote-transaction.ts';

/** By two names: the first as Web3Signer and nodes know it, the second Clef's. */
const SIGN = ['eth_signTransaction', 'account_signTransaction'] as const;
/** Web3Signer and nodes: the signer itself puts the words of EIP-191 before what it signs. */
const SIGN_MESSAGE = ['eth_sign'] as const;
const LIST = ['eth_accounts', 'account_list'] as const;

type Remote = Extract<Credential, { kind: 'remote' }>;

/** @throws DeskError HOST_NOT_ALLOWED, FILE_UNREADABLE, OPERATOR_INVALID. Connects to nothing yet. */
export function remoteMeans(
  { address, url, certFile, keyFile, caFile }: Remote,
  policy: Pick<Policy, 'allowedHosts' | 'signerTimeoutMs'>,
): SigningMeans {
  const link = openSignerLink({ url, certFile, keyFile, caFile, policy });
  const { host } = new URL(url);
  const call = caller(link, host);
  return {
    address,
    sign: async ({ transaction, signal }) =>
      rawOf(await call(SIGN, [remoteForm(transaction, address)], signal)),
    signMessage: async (message, signal) =>
      signatureOf(await call(SIGN_MESSAGE, [address, message], signal, signsNoClaims(address))),
    async assertReady(signal) {
      const accounts = accountsOf(await call(LIST, [], signal));
      if (accounts === null) throw noSigner(host);
      if (accounts.includes(address.toLowerCase())) return;
      throw answerWrong(`that it signs for ${accounts.length} accounts, and ${address} is none of them`);
    },
    close: () => link.close(),
  };
}

/** @returns a function that asks by the first name that the signer knows, and answers the result; `unknown` where it knows none. */
function caller(link: SignerLink, host: string) {
  let lastId = 0;
  return async (
    names: readonly string[],
    params: readonly Json[],
    signal: AbortSignal,
    unknown: DeskError = noSigner(host),
  ): Promise<unknown> => {
    for (const method of names) {
      lastId += 1;
      const id = lastId;
      const answered = readAnswered(await link.postJson({ jsonrpc: '2.0', id, method, params }, signal), id);
      if (answered.kind === 'result') return answered.result;
      if (answered.kind === 'declined') throw declined(host, answered.code, answered.words);
      if (answered.kind === 'garbage') throw noSigner(host);
    }
    throw unknown;
  };
}

function declined(host: string, code: number, words: string): DeskError {
  return new DeskError('SIGNER_DECLINED', {
    message: `The remote signer ${host} declined (error ${code}: ${words}). Nothing was sent.`,
    remedy:
      'Ask whoever runs the signer, or look at its log: somebody may have said no there, or it has no key for this account. Then try again.',
    retry: 'safe',
  });
}

function noSigner(host: string): DeskError {
  return new DeskError('SIGNER_UNAVAILABLE', {
    message: `${host} does not answer as a remote signer does. ${NO_SIGNATURE}`,
    remedy:
      'Check the address that is set up for this operator, and that the signer there signs for Ethereum.',
    retry: 'safe',
  });
}
