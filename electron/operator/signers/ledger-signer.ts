/**
 * Signs with a Ledger. The device shows the transaction; whoever holds it approves there. Its meaning is not looked up
 * anywhere: the desk connects to no service for it, so the device shows contract data as it is.
 */
import { Signature } from 'ethers';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { Credential } from '../../../shared/operator.ts';
import type { Hex } from '../../../shared/values.ts';
import { answerWrong } from '../signed-answer.ts';
import type { SigningMeans } from '../signer.ts';
import { ledgerFault, ledgerTimedOut } from './ledger-errors.ts';

/** An Ethereum application on a device, open for one use. */
export interface LedgerDevice {
  /** Of the account at the path; shown nowhere. */
  addressAt(path: string): Promise<string>;
  /** @returns the signature's parts in hex without 0x, `v` as the transaction has it. */
  sign(path: string, unsigned: Hex): Promise<{ readonly v: string; readonly r: string; readonly s: string }>;
  /** Signs bytes as a personal message (EIP-191), which the device shows. @returns as `sign`. */
  signMessage(
    path: string,
    message: Hex,
  ): Promise<{ readonly v: string; readonly r: string; readonly s: string }>;
  /** Gives up what is being waited for, and lets go of the device. */
  close(): Promise<void>;
}

export interface LedgerParts {
  readonly open: () => Promise<LedgerDevice>;
  /** Milliseconds that a person has at the device. */
  readonly timeoutMs: number;
}

/** The device is opened for each use and closed again: it may be unplugged in between, and others may use it. */
export function ledgerMeans(
  { address, path }: Extract<Credential, { kind: 'ledger' }>,
  parts: LedgerParts,
): SigningMeans {
  return {
    address,
    sign: ({ transaction, unsigned, signal }) =>
      withDevice(parts, signal, async (device) => {
        await assertAccount(device, path, address);
        const { v, r, s } = await device.sign(path, unsigned);
        const signed = transaction.clone();
        signed.signature = signatureOf(v, r, s);
        return signed.serialized;
      }),
    signMessage: (message, signal) =>
      withDevice(parts, signal, async (device) => {
        await assertAccount(device, path, address);
        const { v, r, s } = await device.signMessage(path, message);
        return signatureOf(v, r, s).serialized;
      }),
    assertReady: (signal) => withDevice(parts, signal, (device) => assertAccount(device, path, address)),
    close: () => undefined,
  };
}

/** The account at the path, read from the device without showing it there: for setting an operator up. */
export function ledgerAccount(path: string, parts: LedgerParts, signal: AbortSignal): Promise<Address> {
  return withDevice(parts, signal, (device) => accountAt(device, path));
}

async function accountAt(device: LedgerDevice, path: string): Promise<Address> {
  const found = await device.addressAt(path);
  if (/^0x[0-9a-fA-F]{40}$/.test(found)) return toAddress(found);
  throw answerWrong('something that is no account');
}

async function assertAccount(device: LedgerDevice, path: string, address: Address): Promise<void> {
  if ((await accountAt(device, path)) === address) return;
  throw answerWrong(`with another account at ${path} than ${address}: it is another device or phrase`);
}

function signatureOf(v: string, r: string, s: string): Signature {
  try {
    return Signature.from({ v: BigInt(`0x${v}`), r: `0x${r}`, s: `0x${s}` });
  } catch {
    throw answerWrong('something that is no signature');
  }
}

/** @throws DeskError of the device; SIGNER_TIMEOUT; the signal's reason. */
async function withDevice<T>(
  { open, timeoutMs }: LedgerParts,
  signal: AbortSignal,
  work: (device: LedgerDevice) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const device = await open();
  try {
    return await unlessOver(AbortSignal.any([signal, deadline]), work(device));
  } catch (thrown) {
    signal.throwIfAborted();
    if (deadline.aborted) throw ledgerTimedOut(timeoutMs, thrown);
    throw ledgerFault(thrown);
  } finally {
    await device.close();
  }
}

/** A device cannot be made to answer: what it answers after the end is heard by nobody. */
function unlessOver<T>(over: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(over.reason);
    if (over.aborted) giveUp();
    over.addEventListener('abort', giveUp, { once: true });
    void work.then(resolve, reject).finally(() => over.removeEventListener('abort', giveUp));
  });
}
