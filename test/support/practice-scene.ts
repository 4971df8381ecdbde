// The stage of the practice contracts' tests: importing it starts a node with a deployed system on it, and the
// importing test file ends both. Each test makes people and tokens of its own, so that none depends on another.
import { afterAll } from 'vitest';
import { AbiCoder, keccak256, type TransactionReceipt, type Wallet } from 'ethers';
import {
  createIdentities,
  createToken,
  deploySystem,
  mintTokens,
  registerHolders,
  type CreatedToken,
  type TokenOrder,
} from '../../electron/practice/deploy.ts';
import type { PracticeSetup } from '../../electron/practice/setup-batch.ts';
import { smartErrors, smartRoles } from './chain-facts.ts';
import { startTestChain, type TestCall } from './practice-deploy.ts';

export const chain = await startTestChain();
afterAll(() => chain.stop());

/** Holds every role of the system, and of the tokens made by `newToken`. */
export const admin = chain.account(0);
export const adminAddress = await admin.getAddress();
export const setup: PracticeSetup = { signer: admin, artifacts: chain.artifacts };
export const system = await deploySystem(setup);
/** Unregistered, without any role. */
export const stranger = await chain.newWallet();
/** Registered, with an identity. */
export const holder = await chain.newWallet();
export const belgium = 56;
/** What a lost wallet holds in `newCase`. */
export const units = 1_000n;

await registerHolders(setup, system, [{ wallet: holder.address, country: belgium }]);

/** A registered wallet, and a replacement with an identity of its own that is not registered yet. */
export interface Person {
  readonly lost: Wallet;
  readonly replacement: Wallet;
  readonly oldIdentity: string;
  readonly newIdentity: string;
}

export function factory(method: string, ...args: unknown[]): TestCall {
  return { contract: 'IdentityFactory', at: system.identityFactory, method, args };
}

export function registry(method: string, ...args: unknown[]): TestCall {
  return { contract: 'IdentityRegistry', at: system.identityRegistry, method, args };
}

export function onToken(token: CreatedToken, method: string, ...args: unknown[]): TestCall {
  return { contract: 'SecurityToken', at: token.token, method, args };
}

export function forcedRecover(token: CreatedToken, { lost, replacement }: Person): TestCall {
  return onToken(token, 'forcedRecoverTokens', lost.address, replacement.address);
}

/** An account's key on an identity (ERC-734). */
export function keyOf(account: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address'], [account]));
}

/** A role's id as the chain facts state it. */
export function roleId(name: string): string {
  const role = smartRoles.find((fact) => fact.name === name);
  if (role === undefined) throw new Error(`No fact for ${name}.`);
  return role.id;
}

/** An error's selector as the chain facts state it. */
export function errorSelector(name: string): string {
  const fact = smartErrors.find(({ signature }) => signature.startsWith(`${name}(`));
  if (fact === undefined) throw new Error(`No fact for ${name}.`);
  return fact.selector;
}

export async function newToken(extra: Partial<TokenOrder> = {}): Promise<CreatedToken> {
  const roles = ['CUSTODIAN_ROLE', 'EMERGENCY_ROLE', 'SUPPLY_MANAGEMENT_ROLE'];
  return createToken(setup, system, {
    factory: 'bond',
    name: 'Practice bond',
    symbol: 'PRB',
    decimals: 6,
    admin: adminAddress,
    grants: roles.map((role) => ({ role, account: adminAddress })),
    ...extra,
  });
}

export async function newPerson(): Promise<Person> {
  const [lost, replacement] = await Promise.all([chain.newWallet(), chain.newWallet()]);
  const [oldIdentity] = await registerHolders(setup, system, [{ wallet: lost.address, country: belgium }]);
  const [newIdentity] = await createIdentities(setup, system, [replacement.address]);
  if (oldIdentity === undefined || newIdentity === undefined) throw new Error('No identity.');
  return { lost, replacement, oldIdentity, newIdentity };
}

/** A person whose lost wallet holds `units` of a new token. */
export async function newCase(
  extra: Partial<TokenOrder> = {},
): Promise<Person & { readonly token: CreatedToken }> {
  const person = await newPerson();
  const token = await newToken(extra);
  await mintTokens(setup, [{ token: token.token, to: person.lost.address, amount: units }]);
  return { ...person, token };
}

export function recoverIdentity({ lost, replacement, newIdentity }: Person): Promise<TransactionReceipt> {
  return chain.transact(admin, registry('recoverIdentity', lost.address, replacement.address, newIdentity));
}

export function balanceOf(token: CreatedToken, wallet: Wallet): Promise<unknown> {
  return chain.read(onToken(token, 'balanceOf', wallet.address));
}
