/**
 * What is used of Ledger's packages, loaded when it is first needed: they are optional, and large. Their ES modules do
 * not load in Node (they name files that are not there), so the CommonJS ones are taken.
 */
import { createRequire } from 'node:module';
import { z } from 'zod';
import { noSupport } from './ledger-errors.ts';

export interface LedgerTransport {
  close(): Promise<void>;
  /** The HID handle of a real device; stand-ins have none. */
  readonly device?: { pause(): void };
}

export interface HidDevice {
  readonly path?: string | undefined;
  readonly interface: number;
  readonly usagePage?: number | undefined;
}

export interface EthereumApp {
  getAddress(path: string, display: boolean): Promise<{ readonly address: string }>;
  signTransaction(
    path: string,
    rawHex: string,
    resolution: null,
  ): Promise<{ readonly v: string; readonly r: string; readonly s: string }>;
  signPersonalMessage(
    path: string,
    messageHex: string,
  ): Promise<{ readonly v: number; readonly r: string; readonly s: string }>;
}

/** What looks transactions up on Ledger's servers, and also reads them. */
interface LookUp {
  readonly parseTransaction: unknown;
  readonly resolveTransaction: unknown;
}

type EthereumAppClass = new (
  transport: LedgerTransport,
  scrambleKey: string,
  loadConfig: object,
  lookUp: LookUp,
) => EthereumApp;
type OpenTransport = (path: string) => Promise<LedgerTransport>;
type ListDevices = (vendor: number, product: number) => Promise<readonly HidDevice[]>;

const fn = <T>() => z.custom<T>((value) => typeof value === 'function');
const appPackage = z.lazy(() =>
  z.object({
    default: fn<EthereumAppClass>(),
    ledgerService: z.looseObject({ parseTransaction: fn<unknown>() }),
  }),
);
/** A class: its functions are read from it, not copied. */
const transportPackage = z.lazy(() =>
  z.object({
    default: z.custom<{ readonly open: OpenTransport }>(
      (value) => typeof value === 'function' && 'open' in value && typeof value.open === 'function',
    ),
  }),
);
const hidPackage = z.lazy(() => z.object({ devicesAsync: fn<ListDevices>() }));

const TRANSPORT = '@ledgerhq/hw-transport-node-hid-noevents';
const load = createRequire(import.meta.url);

/** The Ethereum application over a transport. @throws DeskError SIGNER_UNAVAILABLE where the package is missing. */
export function ethereumApp(transport: LedgerTransport): EthereumApp {
  const { default: App, ledgerService } = supported(() => appPackage.parse(load('@ledgerhq/hw-app-eth')));
  // SECURITY: it can look transactions up on the maker's servers; here it can only read them.
  return new App(
    transport,
    'w0w',
    {},
    {
      parseTransaction: ledgerService.parseTransaction,
      resolveTransaction: () => Promise.reject(new Error('nothing is looked up')),
    },
  );
}

/** @throws DeskError SIGNER_UNAVAILABLE where a package, or a library of the system that it needs, is missing. */
export function hidTransport(): { readonly open: OpenTransport; readonly devices: ListDevices } {
  const { default: transport } = supported(() => transportPackage.parse(load(TRANSPORT)));
  // The very copy that the transport uses.
  const beside = createRequire(load.resolve(TRANSPORT));
  const { devicesAsync } = supported(() => hidPackage.parse(beside('node-hid')));
  return {
    open: (path) => transport.open(path),
    devices: async (vendor, product) => {
      try {
        return await devicesAsync(vendor, product);
      } catch (cause) {
        // Its binary is loaded by the first use.
        throw noSupport(cause);
      }
    },
  };
}

function supported<T>(loading: () => T): T {
  try {
    return loading();
  } catch (cause) {
    throw noSupport(cause);
  }
}
