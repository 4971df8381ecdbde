/** The practice person with two lost wallets and a healthy one: what is said of them, and what the chain says of each. */
import { Contract, Interface, Wallet } from 'ethers';
import { practiceKey } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { Address } from '../../shared/address.ts';
import type { PracticeActs } from './practice-acts.ts';
import type { PracticeDesk } from './practice-desk.ts';

const REGISTRY = [
  'function contains(address) view returns (bool)',
  'function identity(address) view returns (address)',
  'function investorCountry(address) view returns (uint16)',
  'function isWalletLost(address) view returns (bool)',
  'function getRecoveredWallet(address) view returns (address)',
];
const TOKEN = [
  'function balanceOf(address) view returns (uint256)',
  'function getFrozenTokens(address) view returns (uint256)',
  'function isFrozen(address) view returns (bool)',
  'function transfer(address to, uint256 amount) returns (bool)',
];
const ACCOUNT = [
  'function owner() view returns (address)',
  'function execute(address to, uint256 value, bytes data) returns (bytes)',
];

type Further = SeededPerson['further'][number];

export interface SeveralWallets {
  readonly person: SeededPerson;
  /** The wallet that the case is opened for. */
  readonly lost: Address;
  /** A smart account that is lost too. */
  readonly account: Further;
  /** In the person's hands. */
  readonly healthy: Further;
}

export function severalWallets(desk: PracticeDesk, id = 'freya-lindholm'): SeveralWallets {
  const person = desk.person(id);
  const [account, healthy] = ['lost', 'healthy'].map((says) =>
    person.further.find((wallet) => wallet.says === says),
  );
  const { lostWallet } = person;
  if (lostWallet === null || account === undefined || healthy === undefined)
    throw new Error(`${id} has not several wallets`);
  return { person, lost: lostWallet, account, healthy };
}

/** How a wallet stands in the registry. */
export interface Standing {
  readonly registered: boolean;
  /** Null where it is not registered. */
  readonly identity: string | null;
  readonly country: bigint | null;
  readonly markedLost: boolean;
  readonly linkedTo: string;
}

export interface Holding {
  readonly balance: bigint;
  readonly frozen: bigint;
  readonly addressFrozen: boolean;
}

export interface WalletFacts {
  readonly standing: (wallet: string) => Promise<Standing>;
  /** What the wallet has of a token, in its smallest unit. */
  readonly holding: (symbol: string, wallet: string) => Promise<Holding>;
  /** So many whole tokens, in the token's smallest unit. */
  readonly units: (symbol: string, whole: bigint) => bigint;
  readonly ownerOf: (account: string) => Promise<string>;
  /** A plain transfer of one unit by the key of a practice role, which may own a smart account. @returns the receipt's status. */
  readonly transfer: (symbol: string, role: string, to: string, account?: string) => Promise<number | null>;
}

/** Reads and acts through a provider of the test's own. */
export function walletFacts({ provider, network }: PracticeDesk, acts: PracticeActs): WalletFacts {
  const registry = new Contract(network.seed.contracts.identityRegistry, REGISTRY, provider);
  const ask = <T>(method: string, wallet: string): Promise<T> =>
    registry.getFunction(method)(wallet) as Promise<T>;
  const onToken = <T>(symbol: string, method: string, wallet: string): Promise<T> =>
    new Contract(acts.token(symbol).address, TOKEN, provider).getFunction(method)(wallet) as Promise<T>;
  return {
    async standing(wallet) {
      const registered = await ask<boolean>('contains', wallet);
      return {
        registered,
        identity: registered ? await ask<string>('identity', wallet) : null,
        country: registered ? await ask<bigint>('investorCountry', wallet) : null,
        markedLost: await ask<boolean>('isWalletLost', wallet),
        linkedTo: await ask<string>('getRecoveredWallet', wallet),
      };
    },
    async holding(symbol, wallet) {
      return {
        balance: await onToken<bigint>(symbol, 'balanceOf', wallet),
        frozen: await onToken<bigint>(symbol, 'getFrozenTokens', wallet),
        addressFrozen: await onToken<boolean>(symbol, 'isFrozen', wallet),
      };
    },
    units: (symbol, whole) => whole * 10n ** BigInt(acts.token(symbol).decimals),
    ownerOf: (account) => new Contract(account, ACCOUNT, provider).getFunction('owner')() as Promise<string>,
    async transfer(symbol, role, to, account) {
      const holder = new Wallet(practiceKey(role), provider);
      await provider.send('anvil_setBalance', [holder.address, '0xde0b6b3a7640000']);
      const token = acts.token(symbol).address;
      const data = new Interface(TOKEN).encodeFunctionData('transfer', [to, 1n]);
      const sent = await holder.sendTransaction(
        account === undefined
          ? { to: token, data }
          : { to: account, data: new Interface(ACCOUNT).encodeFunctionData('execute', [token, 0n, data]) },
      );
      return (await sent.wait())?.status ?? null;
    },
  };
}
