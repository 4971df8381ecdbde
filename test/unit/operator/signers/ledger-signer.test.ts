// The device is a stand-in: Ledger's own transport mock (@ledgerhq/hw-transport-mocker) replays the exchange that a real
// one has; Ledger's Ethereum package, which speaks to it, is the real one.
import { createRequire } from 'node:module';
import { Signature, Transaction, getBytes } from 'ethers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ledgerOver, ledgerPaths, openLedger } from '../../../../electron/operator/signers/ledger-device.ts';
import type { LedgerTransport } from '../../../../electron/operator/signers/ledger-packages.ts';
import { ledgerAccount, ledgerMeans } from '../../../../electron/operator/signers/ledger-signer.ts';
import { signerBy } from '../../../../electron/operator/signer.ts';
import type { Signer } from '../../../../electron/operator/signer.ts';
import type { Hex } from '../../../../shared/values.ts';
import {
  ADDRESS,
  DYNAMIC,
  LEGACY,
  TYPES,
  account,
  alterations,
  otherAccount,
  signedBy,
  unsigned,
  unsignedTransaction,
} from '../../../support/signing.ts';
import type { Wallet } from 'ethers';

type Exchange = [string, string];
interface Mocker {
  readonly RecordStore: new (queue: Exchange[]) => { isEmpty(): boolean };
  readonly openTransportReplayer: (store: object) => Promise<LedgerTransport>;
}
// Its ES modules do not load in Node, either.
const { RecordStore, openTransportReplayer }: Mocker = createRequire(import.meta.url)(
  '@ledgerhq/hw-transport-mocker',
);

const PATH = "m/44'/60'/0'/0/0";
/** Five words of the path, as the device gets them. */
const PATH_BYTES = '058000002c8000003c800000000000000000000000';
const OK = '9000';

const hex = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('hex');
const byte = (number: number): string => number.toString(16).padStart(2, '0');

/** `getAddress` without a display: public key, address as text. */
function addressExchange(of: Wallet, status = OK): Exchange {
  const publicKey = of.signingKey.publicKey.slice(2);
  const text = of.address.slice(2);
  const answer = `${byte(publicKey.length / 2)}${publicKey}${byte(text.length)}${hex(text)}`;
  return [`e0020000${byte(PATH_BYTES.length / 2)}${PATH_BYTES}`, status === OK ? `${answer}${OK}` : status];
}

/** `signTransaction`: the path and the transaction in pieces of 255 bytes; at last v, r, s. */
function signExchanges(text: Hex, signed: Transaction, status = OK): Exchange[] {
  const payload = `${PATH_BYTES}${text.slice(2)}`;
  const pieces = payload.match(/.{1,510}/g) ?? [];
  const { r, s, yParity } = signed.signature ?? Signature.from();
  // The device has one byte for v; of a legacy transaction it is that of EIP-155, cut.
  const v = signed.type === 0 ? (Number(signed.chainId) * 2 + 35 + yParity) % 256 : yParity;
  return pieces.map((piece, index) => {
    const last = index === pieces.length - 1;
    const answer = status === OK ? `${byte(v)}${r.slice(2)}${s.slice(2)}${OK}` : status;
    return [`e004${index === 0 ? '00' : '80'}00${byte(piece.length / 2)}${piece}`, last ? answer : OK];
  });
}

/** `signPersonalMessage`: the path, the length of the message and the message; v, r, s. */
function messageExchange(message: Hex, by: Wallet): Exchange {
  const bytes = message.slice(2);
  const payload = `${PATH_BYTES}${(bytes.length / 2).toString(16).padStart(8, '0')}${bytes}`;
  const { v, r, s } = Signature.from(by.signMessageSync(getBytes(message)));
  return [`e0080000${byte(payload.length / 2)}${payload}`, `${byte(v)}${r.slice(2)}${s.slice(2)}${OK}`];
}

const signs = (text: Hex, by: Wallet = account, of: Hex = text): Exchange[] =>
  signExchanges(text, Transaction.from(signedBy(by, of)));

interface Scene {
  readonly signer: Signer;
  readonly closed: () => number;
  readonly done: () => boolean;
}

function ledger(
  exchanges: Exchange[],
  over: { timeoutMs?: number; transport?: LedgerTransport } = {},
): Scene {
  const store = new RecordStore(exchanges);
  let closed = 0;
  const signer = signerBy(
    ledgerMeans(
      { kind: 'ledger', address: ADDRESS, path: PATH },
      {
        timeoutMs: over.timeoutMs ?? 5_000,
        open: async () => {
          const device = ledgerOver(over.transport ?? (await openTransportReplayer(store)));
          return {
            ...device,
            close: () => {
              closed += 1;
              return device.close();
            },
          };
        },
      },
    ),
  );
  return { signer, closed: () => closed, done: () => store.isEmpty() };
}

afterEach(() => vi.restoreAllMocks());

describe('a Ledger (stand-in)', () => {
  it.each([
    ...TYPES,
    ['EIP-1559, in several pieces', { ...DYNAMIC, data: `0x2406dfc6${'5a'.repeat(600)}` }] as const,
    ['legacy, in several pieces', { ...LEGACY, data: `0x2406dfc6${'5a'.repeat(600)}` }] as const,
    ['legacy, of a chain with a large id', { ...LEGACY, chainId: 0x7fff_ffff }] as const,
  ])('signs a transaction (%s)', async (_name, parts) => {
    const text = unsigned(parts);
    const { signer, closed, done } = ledger([addressExchange(account), ...signs(text)]);
    expect((await signer.signTransaction(text)).raw).toBe(signedBy(account, text));
    expect(done()).toBe(true);
    expect(closed()).toBe(1);
  });

  it('signs a claim as a personal message', async () => {
    const claim: Hex = `0x${'5c'.repeat(32)}`;
    const { signer, closed, done } = ledger([addressExchange(account), messageExchange(claim, account)]);
    expect(await signer.signClaim(claim)).toBe(account.signMessageSync(getBytes(claim)));
    expect([closed(), done()]).toEqual([1, true]);
  });

  it('signs no claim with another account, and is believed no signature of one', async () => {
    const claim: Hex = `0x${'5c'.repeat(32)}`;
    const other = ledger([addressExchange(otherAccount)]);
    await expect(other.signer.signClaim(claim)).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
    const wrong = ledger([addressExchange(account), messageExchange(claim, otherAccount)]);
    await expect(wrong.signer.signClaim(claim)).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
  });

  it('is opened anew for each signature', async () => {
    const text = unsigned(DYNAMIC);
    const once = [addressExchange(account), ...signs(text)];
    const { signer, closed, done } = ledger([...once, ...once]);
    await signer.signTransaction(text);
    await signer.signTransaction(text);
    expect([closed(), done()]).toEqual([2, true]);
  });

  it('is known to have the account of the operator', async () => {
    const { signer, closed } = ledger([addressExchange(account)]);
    await expect(signer.assertReady()).resolves.toBeUndefined();
    expect(closed()).toBe(1);
  });

  it('that has another account is found out before anybody is asked to approve', async () => {
    const { signer, done } = ledger([addressExchange(otherAccount)]);
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
      message: expect.stringContaining(PATH),
    });
    expect(done()).toBe(true);
  });

  it('that signs with another key is found out', async () => {
    const text = unsigned(DYNAMIC);
    const { signer } = ledger([addressExchange(account), ...signs(text, otherAccount)]);
    await expect(signer.signTransaction(text)).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
  });

  it.each(alterations(unsignedTransaction(DYNAMIC)))(
    'that signs a transaction with another %s is found out',
    async (_field, other) => {
      const text = unsigned(DYNAMIC);
      const of = other.unsignedSerialized as Hex;
      const { signer } = ledger([addressExchange(account), ...signs(text, account, of)]);
      await expect(signer.signTransaction(text)).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
    },
  );

  it('looks nothing up anywhere', async () => {
    const asked = vi.spyOn(globalThis, 'fetch');
    const axios = createRequire(import.meta.resolve('@ledgerhq/hw-app-eth'))('axios');
    const requests = vi.spyOn(axios.Axios.prototype, 'request');
    const text = unsigned(DYNAMIC);
    await ledger([addressExchange(account), ...signs(text)]).signer.signTransaction(text);
    expect(asked).not.toHaveBeenCalled();
    expect(requests).not.toHaveBeenCalled();
  });
});

describe('setting up a Ledger (stand-in)', () => {
  const read = (exchanges: Exchange[]) =>
    ledgerAccount(
      PATH,
      {
        timeoutMs: 5_000,
        open: async () => ledgerOver(await openTransportReplayer(new RecordStore(exchanges))),
      },
      new AbortController().signal,
    );

  it('reads the account at a path', async () => {
    await expect(read([addressExchange(account)])).resolves.toBe(ADDRESS);
  });

  it('takes nothing else for an account', async () => {
    const [asked] = addressExchange(account);
    await expect(read([[asked, `01aa0431323334${OK}`]])).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
    });
  });
});

describe('a Ledger (stand-in) that does not sign', () => {
  const text = unsigned(DYNAMIC);
  const atSigning = (status: string): Exchange[] => [
    addressExchange(account),
    ...signExchanges(text, Transaction.from(signedBy(account, text)), status),
  ];

  it.each([
    ['6985', 'SIGNER_DECLINED', 'approve'],
    ['5501', 'SIGNER_DECLINED', 'approve'],
    ['6a80', 'SIGNER_DECLINED', 'blind signing'],
    ['5515', 'SIGNER_UNAVAILABLE', 'PIN'],
    ['6511', 'SIGNER_UNAVAILABLE', 'Open the Ethereum application'],
    ['6f42', 'SIGNER_UNAVAILABLE', 'update'],
  ])('for its status %s says so, and what to do', async (status, code, remedy) => {
    const { signer, closed } = ledger(atSigning(status));
    await expect(signer.signTransaction(text)).rejects.toMatchObject({
      code,
      remedy: expect.stringContaining(remedy),
      retry: 'safe',
    });
    expect(closed()).toBe(1);
  });

  it.each([
    ['5515', 'PIN'],
    ['6b0c', 'PIN'],
    ['6982', 'PIN'],
    ['6511', 'Open the Ethereum application'],
    ['6d00', 'Open the Ethereum application'],
    ['6e00', 'Open the Ethereum application'],
  ])('because it is not ready (status %s) says what to do', async (status, remedy) => {
    const { signer } = ledger([addressExchange(account, status)]);
    await expect(signer.assertReady()).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
      remedy: expect.stringContaining(remedy),
    });
  });

  it('signs once it is approved after all', async () => {
    const { signer } = ledger([...atSigning('6985'), addressExchange(account), ...signs(text)]);
    await expect(signer.signTransaction(text)).rejects.toMatchObject({ code: 'SIGNER_DECLINED' });
    await expect(signer.signTransaction(text)).resolves.toBeDefined();
  });

  /** As a device whose person does nothing: the read ends when it is told to pause, as that of node-hid does. */
  function silent(): {
    readonly transport: LedgerTransport;
    readonly paused: () => boolean;
    readonly asked: Promise<void>;
  } {
    const asked = Promise.withResolvers<void>();
    const over = Promise.withResolvers<Buffer>();
    let paused = false;
    const transport = {
      device: {
        pause: () => {
          paused = true;
          over.reject(new Error('could not read from HID device'));
        },
      },
      close: async () => void (await over.promise.catch(() => undefined)),
      decorateAppAPIMethods: () => undefined,
      send: () => {
        asked.resolve();
        return over.promise;
      },
    };
    return { transport, paused: () => paused, asked: asked.promise };
  }

  it('is given up when the time is over, and let go of', async () => {
    const { transport, paused } = silent();
    const { signer, closed } = ledger([], { transport, timeoutMs: 50 });
    await expect(signer.signTransaction(text)).rejects.toMatchObject({
      code: 'SIGNER_TIMEOUT',
      remedy: expect.stringContaining('Decline'),
    });
    expect([paused(), closed()]).toEqual([true, 1]);
  });

  it('is given up when the caller gives up, with its reason, and let go of', async () => {
    const { transport, paused, asked } = silent();
    const { signer } = ledger([], { transport });
    const giveUp = new AbortController();
    const pending = signer.signTransaction(text, { signal: giveUp.signal });
    await asked;
    giveUp.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    expect(paused()).toBe(true);
  });
});

describe('the part that talks to devices', () => {
  it('loads, and finds no Ledger where there is none', async () => {
    await expect(ledgerPaths()).resolves.toEqual([]);
  });

  it('says what to do where there is none', async () => {
    await expect(openLedger()).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
      remedy: expect.stringContaining('Plug it in'),
    });
  });
});
