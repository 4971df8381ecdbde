/** What a Ledger can come to, in words and with what to do at the device. @see Ledger, "APDU status words" */
import { DeskError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly what: string;
  readonly remedy: string;
}

const DECLINED: Meaning = {
  code: 'SIGNER_DECLINED',
  what: 'It was declined on the Ledger.',
  remedy: 'If that was a mistake, try again, compare what the Ledger shows, and approve it there.',
};
const LOCKED: Meaning = {
  code: 'SIGNER_UNAVAILABLE',
  what: 'The Ledger is locked.',
  remedy: 'Unlock it with its PIN, open the Ethereum application on it, then try again.',
};
const APP_NOT_OPEN: Meaning = {
  code: 'SIGNER_UNAVAILABLE',
  what: 'The Ethereum application is not open on the Ledger.',
  remedy: 'Open the Ethereum application on the Ledger, then try again.',
};
const BLIND_SIGNING: Meaning = {
  code: 'SIGNER_DECLINED',
  what: 'The Ledger does not sign contract data that it cannot explain.',
  remedy:
    'In the settings of the Ethereum application on the Ledger switch on blind signing, if your rules allow it; then try again, and compare what it shows with the plan.',
};
const UNPLUGGED: Meaning = {
  code: 'SIGNER_UNAVAILABLE',
  what: 'The connection to the Ledger was lost.',
  remedy: 'Plug it in again, unlock it, open the Ethereum application on it, then try again.',
};

const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [0x6985, DECLINED],
  [0x5501, DECLINED],
  [0x5515, LOCKED],
  [0x6b0c, LOCKED],
  [0x5303, LOCKED],
  [0x6982, LOCKED],
  [0x6511, APP_NOT_OPEN],
  [0x6d00, APP_NOT_OPEN],
  [0x6d02, APP_NOT_OPEN],
  [0x6e00, APP_NOT_OPEN],
  [0x6e01, APP_NOT_OPEN],
  [0x6a15, APP_NOT_OPEN],
  [0x6a80, BLIND_SIGNING],
]);

/** Errors of the packages that carry no status word. */
const BY_NAME: ReadonlyMap<string, Meaning> = new Map([
  ['EthAppPleaseEnableContractData', BLIND_SIGNING],
  ['CeloAppPleaseEnableContractData', BLIND_SIGNING],
  ['LockedDeviceError', LOCKED],
  ['DisconnectedDevice', UNPLUGGED],
  ['DisconnectedDeviceDuringOperation', UNPLUGGED],
]);

/** Whatever was thrown while a device was used, as a coded error. */
export function ledgerFault(thrown: unknown): DeskError {
  if (thrown instanceof DeskError) return thrown;
  const status = statusOf(thrown);
  const name = thrown instanceof Error ? thrown.name : '';
  const meaning = (status === null ? undefined : BY_STATUS.get(status)) ?? BY_NAME.get(name);
  if (meaning !== undefined) return fault(meaning, thrown);
  const shown = status === null ? '' : ` (status 0x${status.toString(16).padStart(4, '0')})`;
  return fault(
    {
      code: 'SIGNER_UNAVAILABLE',
      what: `The Ledger did not do what it was asked for${shown}.`,
      remedy:
        'Unlock it, open the Ethereum application on it, close other programs that use it, then try again. If it stays so, update that application.',
    },
    thrown,
  );
}

/** @param milliseconds that the person had. */
export function ledgerTimedOut(milliseconds: number, cause: unknown): DeskError {
  const what = `Nothing was approved on the Ledger within ${milliseconds / 1000} seconds.`;
  const remedy =
    'Decline what the Ledger still shows, then try again; the same transaction will be asked for.';
  return fault({ code: 'SIGNER_TIMEOUT', what, remedy }, cause);
}

/** The packages that talk to the device are missing, or a library of the system that they need. */
export function noSupport(cause: unknown): DeskError {
  const what = 'This installation cannot talk to a Ledger: a part that it needs for that does not load.';
  const remedy =
    'On Linux install libusb (Debian: libusb-1.0-0). If it is there, install Recovery Desk anew, with its optional parts.';
  return fault({ code: 'SIGNER_UNAVAILABLE', what, remedy }, cause);
}

export function noDevice(): DeskError {
  const what = 'No Ledger is plugged in, or this user may not use it.';
  const remedy =
    "Plug it in and unlock it, then try again. On Linux the system also needs Ledger's udev rules.";
  return fault({ code: 'SIGNER_UNAVAILABLE', what, remedy }, undefined);
}

export function severalDevices(count: number): DeskError {
  const what = `${count} Ledgers are plugged in, and it is not clear which is meant.`;
  const remedy = 'Leave only the one of this operator plugged in, then try again.';
  return fault({ code: 'SIGNER_UNAVAILABLE', what, remedy }, undefined);
}

/** It is there, and cannot be opened. */
export function deviceHeld(cause: unknown): DeskError {
  const what = 'The Ledger cannot be opened: another program uses it, or this user may not.';
  const remedy =
    "Close other wallet programs, then try again. On Linux the system also needs Ledger's udev rules.";
  return fault({ code: 'SIGNER_UNAVAILABLE', what, remedy }, cause);
}

function statusOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return null;
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : null;
}

function fault({ code, what, remedy }: Meaning, cause: unknown): DeskError {
  return new DeskError(code, { message: `${what} Nothing was sent.`, remedy, retry: 'safe', cause });
}
