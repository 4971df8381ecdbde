import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { Transaction, getBytes } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { signerBy } from '../../../../electron/operator/signer.ts';
import type { Signer } from '../../../../electron/operator/signer.ts';
import { remoteMeans } from '../../../../electron/operator/signers/remote-signer.ts';
import type { Policy } from '../../../../shared/policy.ts';
import type { Hex } from '../../../../shared/values.ts';
import { startHttpServer } from '../../../support/http-server.ts';
import { makeSelfSigned } from '../../../support/self-signed.ts';
import {
  ADDRESS,
  CHAIN_ID,
  CONTRACT,
  DYNAMIC,
  LEGACY,
  LISTED,
  TYPES,
  account,
  alterations,
  otherAccount,
  signedBy,
  unsigned,
  unsignedTransaction,
} from '../../../support/signing.ts';
import {
  asClef,
  asWeb3Signer,
  startInSignersPlace,
  startStandInSigner,
} from '../../../support/stand-in-signer.ts';
import type { StandInSigner } from '../../../support/stand-in-signer.ts';

type Files = Partial<Record<'certFile' | 'keyFile' | 'caFile', string | null>>;

const server = makeSelfSigned('signer');
const client = makeSelfSigned('desk');
const stranger = makeSelfSigned('stranger');
/** Mutual TLS: only the desk's certificate is let in. */
const MUTUAL: ServerOptions = { ...server, ca: client.cert, requestCert: true, rejectUnauthorized: true };

const toStop: (() => void | Promise<void>)[] = [];
let dir = '';

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'desk-remote-signer-'));
  const files = { server, client, stranger };
  for (const [name, pair] of Object.entries(files)) {
    writeFileSync(path.join(dir, `${name}.pem`), pair.cert);
    writeFileSync(path.join(dir, `${name}.key`), pair.key);
  }
});
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

const file = (name: string): string => path.join(dir, name);

async function started(signer: Promise<StandInSigner>): Promise<StandInSigner> {
  const one = await signer;
  toStop.push(() => one.stop());
  return one;
}

/** The signer as it is set up for the operator: client certificate and pinned authority. */
function open(url: string, files: Files = {}, policy: Partial<Policy> = {}): Signer {
  const credential = {
    kind: 'remote' as const,
    address: ADDRESS,
    url,
    certFile: file('client.pem'),
    keyFile: file('client.key'),
    caFile: file('server.pem'),
    ...files,
  };
  const signer = signerBy(remoteMeans(credential, { allowedHosts: null, signerTimeoutMs: 5_000, ...policy }));
  toStop.push(() => signer.close());
  return signer;
}

/** Whether it has signed is not known here: what it made of the request may have been lost on the way back. */
const NOT_KNOWN = 'No signature of it arrived, and nothing was sent.';

const KINDS = [
  ['Web3Signer', asWeb3Signer],
  ['Clef', asClef],
] as const;

describe.each(KINDS)('a remote signer that answers as %s does, over mutual TLS', (kind, as) => {
  it.each(TYPES.filter(([type]) => kind === 'Clef' || type !== 'EIP-2930'))(
    'signs a transaction (%s)',
    async (_type, parts) => {
      const { url } = await started(startStandInSigner(MUTUAL, as(account, CHAIN_ID)));
      const text = unsigned(parts);
      expect((await open(url).signTransaction(text)).raw).toBe(signedBy(account, text));
    },
  );

  it('signs the same transaction again', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, as(account, CHAIN_ID)));
    const signer = open(url);
    expect(await signer.signTransaction(unsigned(DYNAMIC))).toEqual(
      await signer.signTransaction(unsigned(DYNAMIC)),
    );
  });

  it('is known to sign for the operator', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, as(account, CHAIN_ID)));
    await expect(open(url).assertReady()).resolves.toBeUndefined();
  });

  it('is found out where it has another account', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, as(otherAccount, CHAIN_ID)));
    await expect(open(url).assertReady()).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
  });
});

describe('a claim', () => {
  const HASH: Hex = `0x${'5c'.repeat(32)}`;

  it('is signed as a personal message by what answers as Web3Signer does', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, asWeb3Signer(account, CHAIN_ID)));
    expect(await open(url).signClaim(HASH)).toBe(account.signMessageSync(getBytes(HASH)));
  });

  it('is signed by no other account', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, asWeb3Signer(otherAccount, CHAIN_ID)));
    await expect(open(url).signClaim(HASH)).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
  });

  it('is not signed by what answers as Clef does, which is said', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, asClef(account, CHAIN_ID)));
    await expect(open(url).signClaim(HASH)).rejects.toMatchObject({ code: 'CLAIM_NOT_ISSUABLE' });
  });
});

describe('what is asked of a remote signer', () => {
  async function asked(text: Hex): Promise<unknown> {
    const signer = await started(startStandInSigner(MUTUAL, asWeb3Signer(account, CHAIN_ID)));
    await open(signer.url)
      .signTransaction(text)
      .catch(() => undefined);
    expect(signer.calls[0]).toMatchObject({ jsonrpc: '2.0', method: 'eth_signTransaction' });
    return signer.calls[0]?.params;
  }
  const common = {
    from: ADDRESS,
    to: CONTRACT,
    gas: '0x493e0',
    value: '0x0',
    nonce: '0x7',
    data: '0x2406dfc6',
    input: '0x2406dfc6',
    chainId: '0x7a69',
  };

  it('is each field that is signed, and no other (EIP-1559)', async () => {
    expect(await asked(unsigned(DYNAMIC))).toEqual([
      { ...common, maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' },
    ]);
  });

  it('is each field that is signed, and no other (legacy)', async () => {
    expect(await asked(unsigned({ ...LEGACY, nonce: 0 }))).toEqual([
      { ...common, nonce: '0x0', gasPrice: '0x3b9aca00' },
    ]);
  });

  it('is each field that is signed, and no other (EIP-2930)', async () => {
    const accessList = [{ address: CONTRACT, storageKeys: [`0x${'00'.repeat(32)}`] }];
    expect(await asked(unsigned({ ...LISTED, accessList }))).toEqual([
      { ...common, gasPrice: '0x3b9aca00', accessList },
    ]);
  });

  it('goes without an access list where it cannot sign one, and that is found out', async () => {
    const { url } = await started(startStandInSigner(MUTUAL, asWeb3Signer(account, CHAIN_ID)));
    await expect(open(url).signTransaction(unsigned(LISTED))).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
    });
  });
});

describe('the connection to a remote signer', () => {
  const standIn = () => started(startStandInSigner(MUTUAL, asWeb3Signer(account, CHAIN_ID)));
  const unavailable = {
    code: 'SIGNER_UNAVAILABLE',
    message: expect.stringContaining(NOT_KNOWN),
    retry: 'safe',
  };

  it('trusts no other authority than the pinned one', async () => {
    const { url, calls } = await standIn();
    const signer = open(url, { caFile: file('stranger.pem') });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(unavailable);
    expect(calls).toEqual([]);
  });

  it("trusts a certificate of its own no more where only the system's authorities count", async () => {
    const { url } = await standIn();
    const signer = open(url, { caFile: null });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(unavailable);
  });

  it('does not let the environment switch that off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    toStop.push(() => void vi.unstubAllEnvs());
    const { url } = await standIn();
    const signer = open(url, { caFile: file('stranger.pem') });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(unavailable);
  });

  it.each<[string, Files]>([
    ['without a client certificate', { certFile: null, keyFile: null }],
    ['with that of somebody else', { certFile: 'stranger.pem', keyFile: 'stranger.key' }],
  ])('is not had %s', async (_name, files) => {
    const { url, calls } = await standIn();
    const { certFile = null, keyFile = null } = files;
    const named = (name: string | null) => (name === null ? null : file(name));
    const signer = open(url, { certFile: named(certFile), keyFile: named(keyFile) });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(unavailable);
    expect(calls).toEqual([]);
  });

  it('is not had where the signer is down, and is where it is back', async () => {
    const gone = await startStandInSigner(MUTUAL, asWeb3Signer(account, CHAIN_ID));
    await gone.stop();
    await expect(open(gone.url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is had with the files that are set up alone', () => {
    expect(() => open('https://127.0.0.1:1', { caFile: file('nowhere.pem') })).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' }),
    );
    expect(() => open('https://127.0.0.1:1', { keyFile: file('stranger.key') })).toThrow(
      expect.objectContaining({ code: 'OPERATOR_INVALID' }),
    );
  });

  it.each([
    ['plain http to another machine', 'http://signer.example/', {}],
    ['a host that policy does not list', 'https://signer.example/', { allowedHosts: ['other.example'] }],
    ['another scheme', 'ftp://signer.example/', {}],
  ])('is refused for %s', (_name, url, policy) => {
    expect(() => open(url, {}, policy)).toThrow(
      expect.objectContaining({
        code: 'HOST_NOT_ALLOWED',
        remedy: expect.not.stringContaining('network profile'),
      }),
    );
  });

  it('may be plain http on this machine', async () => {
    const answer = asWeb3Signer(account, CHAIN_ID);
    const plain = await startHttpServer((_request, response, body) => {
      const call = JSON.parse(body);
      response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...(answer(call) as object) }));
    });
    toStop.push(() => plain.stop());
    const signer = open(plain.url, { certFile: null, keyFile: null, caFile: null });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).resolves.toBeDefined();
  });

  it('does not go through a proxy of the environment', async () => {
    const proxied = vi.fn<() => void>();
    const proxy = await startHttpServer((_request, response) => {
      proxied();
      response.end('{}');
    });
    toStop.push(() => proxy.stop());
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY']) vi.stubEnv(name, proxy.url);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    toStop.push(() => void vi.unstubAllEnvs());
    const { url } = await standIn();
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).resolves.toBeDefined();
    expect(proxied).not.toHaveBeenCalled();
  });

  it('does not follow a redirect', async () => {
    const target = await standIn();
    const { url } = await started(
      startInSignersPlace(MUTUAL, (response) => response.writeHead(307, { location: target.url }).end()),
    );
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(unavailable);
    expect(target.calls).toEqual([]);
  });

  it.each([401, 403])('that is not let in (HTTP %i) says so', async (status) => {
    const { url } = await started(
      startInSignersPlace(MUTUAL, (response) => response.writeHead(status).end('{"error":{}}')),
    );
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining(`HTTP ${status}`),
    });
  });

  it.each([
    ['slow', () => undefined],
    [
      'hanging in the middle of its answer',
      (response: { write(text: string): void }) => response.write('{"id":1,'),
    ],
  ])('to a signer that is %s is given up in time', async (_name, hang) => {
    const { url } = await started(startInSignersPlace(MUTUAL, hang));
    const signer = open(url, {}, { signerTimeoutMs: 500 });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_TIMEOUT',
      message: expect.stringContaining(NOT_KNOWN),
      retry: 'safe',
    });
  });

  it('is given up when the caller gives up, with its reason', async () => {
    const giveUp = new AbortController();
    const { url } = await started(startInSignersPlace(MUTUAL, () => giveUp.abort(new Error('enough'))));
    await expect(open(url).signTransaction(unsigned(DYNAMIC), { signal: giveUp.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('is given up when the signer is closed', async () => {
    const begun: { signer?: Signer } = {};
    const { url } = await started(startInSignersPlace(MUTUAL, () => begun.signer?.close()));
    begun.signer = open(url);
    await expect(begun.signer.signTransaction(unsigned(DYNAMIC))).rejects.toThrow('closed');
  });
});

describe('a remote signer that answers something else', () => {
  const place = (body: (id: number) => unknown, status = 200) =>
    started(
      startInSignersPlace(MUTUAL, (response, call) =>
        response
          .writeHead(status)
          .end(typeof body(call.id) === 'string' ? body(call.id) : JSON.stringify(body(call.id))),
      ),
    );

  it.each<[string, (id: number) => unknown]>([
    ['than JSON', () => '<html>Please sign in</html>'],
    ['than JSON-RPC', () => ({ fine: true })],
    ['than one answer', (id) => [{ jsonrpc: '2.0', id, result: '0x' }]],
    ['to another question', (id) => ({ jsonrpc: '2.0', id: id + 1, result: '0x' })],
    ['than fits', (id) => ({ jsonrpc: '2.0', id, result: `0x${'00'.repeat(600_000)}` })],
  ])('%s is no signer', async (_name, body) => {
    const { url } = await place(body);
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
      message: expect.stringContaining(NOT_KNOWN),
    });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['an empty text', ''],
    ['an object without a raw transaction', { tx: {} }],
    ['a hash', `0x${'ab'.repeat(32)}`],
    ['the transaction without a signature', unsigned(DYNAMIC)],
  ])('than a signed transaction (%s) is found out', async (_name, result) => {
    const { url } = await place((id) => ({ jsonrpc: '2.0', id, result }));
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
    });
  });

  it.each<[number, string, number]>([
    [-32_000, 'Request denied', 200],
    [-32_000, 'No unlocked account matches the Sender', 400],
    [-32_602, 'Invalid params', 400],
    [-32_603, 'Internal error', 500],
  ])('with the error %i (%s, HTTP %i) has declined', async (code, message, status) => {
    const { url } = await place((id) => ({ jsonrpc: '2.0', id, error: { code, message } }), status);
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_DECLINED',
      message: expect.stringContaining(message),
      retry: 'safe',
    });
  });

  it('that knows no such method is no signer', async () => {
    const error = { code: -32_601, message: 'no' };
    const { url, calls } = await place((id) => ({ jsonrpc: '2.0', id, error }));
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
    });
    expect(calls.map(({ method }) => method)).toEqual(['eth_signTransaction', 'account_signTransaction']);
  });

  it.each<[string, unknown]>([
    ['no list', 'all of them'],
    ['a list of something else', ['0x12']],
  ])('than accounts (%s) is no signer', async (_name, result) => {
    const { url } = await place((id) => ({ jsonrpc: '2.0', id, result }));
    await expect(open(url).assertReady()).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  });

  it('with the key of another account is found out', async () => {
    const { url } = await place((id) => ({
      jsonrpc: '2.0',
      id,
      result: signedBy(otherAccount, unsigned(DYNAMIC)),
    }));
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
      message: expect.stringContaining(otherAccount.address),
    });
  });

  it('with the same transaction of another type is found out', async () => {
    const legacy = unsigned({ ...LEGACY, gasPrice: 2_000_000_000n });
    const { url } = await place((id) => ({ jsonrpc: '2.0', id, result: signedBy(account, legacy) }));
    await expect(open(url).signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
    });
  });

  describe.each(TYPES)('(%s)', (_type, parts) => {
    const asked = unsignedTransaction(parts);
    it.each(alterations(asked))('with another %s is found out', async (_field, other) => {
      const raw = signedBy(account, other.unsignedSerialized as Hex);
      expect(Transaction.from(raw).from).toBe(ADDRESS);
      const { url } = await place((id) => ({ jsonrpc: '2.0', id, result: { raw, tx: {} } }));
      await expect(open(url).signTransaction(asked.unsignedSerialized as Hex)).rejects.toMatchObject({
        code: 'SIGNER_ANSWER_WRONG',
      });
    });
  });
});
