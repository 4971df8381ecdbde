/**
 * Finds and opens the Ledger that is plugged in.
 *
 * What holds up this process: loading the packages the first time (a third of a second), opening the device, and
 * writing the frames of 64 bytes that a transaction is sent in. Looking for devices and, above all, waiting for the
 * person at the device run on threads of their own.
 */
import { deviceHeld, noDevice, severalDevices } from './ledger-errors.ts';
import { ethereumApp, hidTransport } from './ledger-packages.ts';
import type { HidDevice, LedgerTransport } from './ledger-packages.ts';
import type { LedgerDevice } from './ledger-signer.ts';

const VENDOR = 0x2c97;
const ANY_PRODUCT = 0;
/** Of the interfaces of a device, the one that speaks to applications. */
const USAGE_PAGE = 0xffa0;

/** @throws DeskError SIGNER_UNAVAILABLE */
export async function openLedger(): Promise<LedgerDevice> {
  const { open } = hidTransport();
  const [path, ...others] = await ledgerPaths();
  if (path === undefined) throw noDevice();
  if (others.length > 0) throw severalDevices(others.length + 1);
  const transport = await open(path).catch((cause: unknown) => {
    throw deviceHeld(cause);
  });
  try {
    return ledgerOver(transport);
  } catch (error) {
    await transport.close();
    throw error;
  }
}

/** Paths of the Ledgers that are plugged in. @throws DeskError SIGNER_UNAVAILABLE where nothing can be looked for. */
export async function ledgerPaths(): Promise<readonly string[]> {
  const devices = await hidTransport().devices(VENDOR, ANY_PRODUCT);
  return [...new Set(devices.filter(speaksToApplications).flatMap(({ path }) => path ?? []))];
}

/** The Ethereum application over a transport that is open. @throws DeskError SIGNER_UNAVAILABLE */
export function ledgerOver(transport: LedgerTransport): LedgerDevice {
  const app = ethereumApp(transport);
  return {
    addressAt: async (path) => (await app.getAddress(withoutRoot(path), false)).address,
    sign: (path, unsigned) => app.signTransaction(withoutRoot(path), unsigned.slice(2), null),
    signMessage: async (path, message) => {
      const { v, r, s } = await app.signPersonalMessage(withoutRoot(path), message.slice(2));
      return { v: v.toString(16), r, s };
    },
    async close() {
      // Ends the read that waits for the device; the transport would wait for it, and the process with it.
      transport.device?.pause();
      // A device that was unplugged cannot be closed, nor need it be.
      await transport.close().catch(() => undefined);
    },
  };
}

function speaksToApplications({ interface: number, usagePage }: HidDevice): boolean {
  return process.platform === 'linux' ? number === 0 : usagePage === USAGE_PAGE;
}

function withoutRoot(path: string): string {
  return path.replace(/^m\//, '');
}
