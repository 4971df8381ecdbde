// @ts-check
/**
 * Stands in for a Ledger that is plugged in: loaded before a desk, it has Ledger's packages find one device, and opens it as
 * Ledger's own transport mock (@ledgerhq/hw-transport-mocker). What a device would answer is made here, by the key in the
 * file `ledger.json` beside the data folder; as whom it answers stands there, too: `signs`, `declines`, `unplugged`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Transaction, Wallet } from 'ethers';

const load = createRequire(import.meta.url);
const TRANSPORT = '@ledgerhq/hw-transport-node-hid-noevents';
const { RecordStore, openTransportReplayer } = load('@ledgerhq/hw-transport-mocker');

const GET_ADDRESS = 0x02;
const SIGN = 0x04;
const FIRST_PIECE = 0x00;
const HEADER_BYTES = 5;
const OK = '9000';
const DECLINED = '6985';

const file = path.join(process.env['RECOVERY_DESK_DATA'] ?? '', '..', 'ledger.json');

/** @returns {{ key: string, conduct: 'signs' | 'declines' | 'unplugged' }} */
function device() {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {number} number */
const byte = (number) => number.toString(16).padStart(2, '0');

/** @param {Wallet} wallet */
function account({ signingKey, address }) {
  const publicKey = signingKey.publicKey.slice(2);
  const text = address.slice(2);
  return `${byte(publicKey.length / 2)}${publicKey}${byte(text.length)}${Buffer.from(text).toString('hex')}`;
}

/**
 * @param {Wallet} wallet
 * @param {Buffer} unsigned
 * @returns {string | null} v, r and s; null where more of the transaction is still to come
 */
function signature({ signingKey }, unsigned) {
  /** @type {Transaction} */
  let transaction;
  try {
    transaction = Transaction.from(`0x${unsigned.toString('hex')}`);
  } catch {
    return null;
  }
  const { r, s, yParity } = signingKey.sign(transaction.unsignedHash);
  const v = transaction.type === 0 ? (Number(transaction.chainId) * 2 + 35 + yParity) % 256 : yParity;
  return `${byte(v)}${r.slice(2)}${s.slice(2)}`;
}

/** The Ethereum application of the device, as far as the desk asks it. */
class Device extends RecordStore {
  /** @type {Buffer} */
  #received = Buffer.alloc(0);

  /** @param {Buffer} apdu */
  replayExchange(apdu) {
    return Buffer.from(this.#answer(apdu), 'hex');
  }

  /** @param {Buffer} apdu */
  #answer(apdu) {
    const { key, conduct } = device();
    const wallet = new Wallet(key);
    if (apdu[1] === GET_ADDRESS) return `${account(wallet)}${OK}`;
    if (apdu[1] !== SIGN) return '6d00';
    const piece = apdu.subarray(HEADER_BYTES);
    // Before the transaction: how many words the path has, and these.
    this.#received =
      apdu[2] === FIRST_PIECE
        ? piece.subarray(1 + 4 * (piece[0] ?? 0))
        : Buffer.concat([this.#received, piece]);
    const signed = signature(wallet, this.#received);
    if (signed === null) return OK;
    return conduct === 'declines' ? DECLINED : `${signed}${OK}`;
  }
}

load(TRANSPORT).default.open = () => openTransportReplayer(new Device());
createRequire(load.resolve(TRANSPORT))('node-hid').devicesAsync = async () =>
  device().conduct === 'unplugged' ? [] : [{ path: 'stand-in', interface: 0, usagePage: 0xffa0 }];
