import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AbiCoder, ZeroAddress, Wallet, id, isCallException, keccak256, parseEther } from 'ethers';
import type { Interface, JsonRpcApiProvider } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeystore } from '../../../electron/operator/keystore.ts';
import { readPassphraseFile } from '../../../electron/operator/passphrase.ts';
import { readParticipantsFile } from '../../../electron/participants/participants-file.ts';
import { loadNetworkProfile } from '../../../electron/policy/load-network-profile.ts';
import { findArtifacts } from '../../../electron/practice/artifacts-file.ts';
import { topicId } from '../../../electron/practice/claims.ts';
import { contractInterface, readArtifacts } from '../../../electron/practice/contract-artifacts.ts';
import type { PracticeArtifacts } from '../../../electron/practice/contract-artifacts.ts';
import { nodeClient } from '../../../electron/practice/node-client.ts';
import {
  DEMO_PERSON,
  LEFT_BEHIND_PERSON,
  SEVERAL_WALLETS_PERSON,
} from '../../../electron/practice/people.ts';
import {
  PRACTICE_ROLES,
  furtherWalletRole,
  practiceAddress,
  practiceKey,
} from '../../../electron/practice/practice-keys.ts';
import { openPracticeNetwork } from '../../../electron/practice/practice-network.ts';
import type { PracticeNetwork } from '../../../electron/practice/practice-network.ts';
import type { SeededPerson } from '../../../electron/practice/practice-seed.ts';

let folder: string;
let network: PracticeNetwork;
let client: JsonRpcApiProvider;
let artifacts: PracticeArtifacts;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'practice-seed-'));
  artifacts = await readArtifacts(findArtifacts());
  network = await openPracticeNetwork({ folder });
  client = nodeClient(network.node.url, 31337);
});

afterAll(async () => {
  client.destroy();
  await network.close();
  rmSync(folder, { recursive: true, force: true });
});

function person(personId: string): SeededPerson {
  const found = network.seed.people.find((one) => one.id === personId);
  if (found === undefined) throw new Error(`nobody is called ${personId}`);
  return found;
}

/** The first value that a view answers. */
async function read(contract: string, to: string, method: string, args: unknown[]): Promise<unknown> {
  const abi: Interface = contractInterface(artifacts, contract);
  const data = await client.call({ to, data: abi.encodeFunctionData(method, args) });
  const value: unknown = abi.decodeFunctionResult(method, data)[0];
  return value;
}

const registry = (method: string, ...args: unknown[]) =>
  read('IdentityRegistry', network.seed.contracts.identityRegistry, method, args);
const token = (address: string, method: string, ...args: unknown[]) =>
  read('SecurityToken', address, method, args);

/** What a token says to recovering, as the operator would call it: an error's name, or `recovers`. */
async function answerToRecovery(address: string, lost: string, to: string): Promise<string> {
  const abi = contractInterface(artifacts, 'SecurityToken');
  const module = contractInterface(artifacts, 'LockUpModule');
  try {
    const data = abi.encodeFunctionData('forcedRecoverTokens', [lost, to]);
    await client.call({ from: practiceAddress(PRACTICE_ROLES.operator), to: address, data });
    return 'recovers';
  } catch (error) {
    if (!isCallException(error) || error.data === null) throw error;
    return (abi.parseError(error.data) ?? module.parseError(error.data))?.name ?? error.data;
  }
}

async function sendAs(key: string, to: string, data: string): Promise<void> {
  const sent = await new Wallet(key, client).sendTransaction({ to, data, gasLimit: 3_000_000n });
  // Waiting for a block's event can last for ever: a test that went back to its start left it waiting for a higher one.
  await client.send('evm_mine', []);
  expect((await client.getTransactionReceipt(sent.hash))?.status).toBe(1);
}

describe('the files of a practice network', () => {
  it('say that it is practice, in a profile that the desk reads', () => {
    const { profile } = loadNetworkProfile(network.files.network);

    expect(profile).toEqual(network.profile);
    expect(profile).toMatchObject({ practice: true, protocol: 'smart', finality: 'instant', chainId: 31337 });
    expect(profile.rpcUrls).toEqual([network.node.url]);
  });

  it('list the people in a participants file that the desk reads', async () => {
    const directory = await readParticipantsFile(network.files.participants);

    const { participants } = await directory.search({ text: '', limit: 1000, after: null });
    expect(participants).toHaveLength(network.seed.people.length);
    expect((await directory.get('samir-haddad'))?.wallets).toEqual([]);
    expect((await directory.get('aiko-tanaka'))?.wallets).toEqual(
      person('aiko-tanaka').wallets.map((address, index) => ({ address, effective: index === 1 })),
    );
    expect((await directory.get(SEVERAL_WALLETS_PERSON))?.wallets).toEqual(
      person(SEVERAL_WALLETS_PERSON).wallets.map((address, index) => ({ address, effective: index === 0 })),
    );
  });

  it.each([
    'operator',
    'identityManager',
    'custodian',
    'operatorWithoutRole',
    'operatorWithoutFunds',
  ] as const)('hold the keystore of the %s, for this user’s eyes alone', async (name) => {
    const files = network.files[name];
    const { passphrase, warning } = await readPassphraseFile(files.passphrase);

    const key = await openKeystore(readFileSync(files.keystore, 'utf8'), passphrase);

    expect(key.address).toBe(practiceAddress(PRACTICE_ROLES[name]));
    expect(warning).toBeNull();
    expect(statSync(files.keystore).mode & 0o777).toBe(0o600);
  });
});

describe('operators', () => {
  const manages = (role: keyof typeof PRACTICE_ROLES) =>
    read('AccessManager', network.seed.contracts.accessManager, 'hasRole', [
      id('IDENTITY_MANAGER_ROLE'),
      practiceAddress(PRACTICE_ROLES[role]),
    ]);

  it('have the rights and funds that they are there for', async () => {
    expect(await manages('operator')).toBe(true);
    expect(await manages('operatorWithoutRole')).toBe(false);
    expect(await manages('operatorWithoutFunds')).toBe(true);
    expect(await manages('identityManager')).toBe(true);
    expect(await manages('custodian')).toBe(false);
    expect(await client.getBalance(practiceAddress(PRACTICE_ROLES.operator))).toBe(parseEther('100'));
    expect(await client.getBalance(practiceAddress(PRACTICE_ROLES.operatorWithoutFunds))).toBe(0n);
    expect(await client.getTransactionCount(practiceAddress(PRACTICE_ROLES.operator))).toBe(0);
  });

  it('must sign for themselves once the set-up is over', async () => {
    const from = practiceAddress(PRACTICE_ROLES.platformAdmin);

    await expect(client.send('eth_sendTransaction', [{ from, to: from }])).rejects.toThrow('No Signer');
  });
});

describe('people', () => {
  it('are at least 12, each there for something, and tokens at least 14 of all kinds', () => {
    const { people, tokens } = network.seed;

    expect(people.length).toBeGreaterThanOrEqual(12);
    expect(people.every(({ shows, purpose }) => shows.length > 0 && purpose !== '')).toBe(true);
    expect(tokens).toHaveLength(14);
    expect(new Set(tokens.map(({ decimals }) => decimals))).toEqual(new Set([0, 2, 6, 8, 18]));
    expect(new Set(tokens.map(({ kind }) => kind)).size).toBe(5);
  });

  it('hold what the seed says, frozen as it says, on the lost wallet and on their others', async () => {
    const wallets = network.seed.people.flatMap(({ lostWallet, holdings, further }) => [
      { wallet: lostWallet, holdings },
      ...further,
    ]);
    for (const { wallet, holdings } of wallets) {
      for (const { token: address, amount, frozen, addressFrozen } of holdings) {
        expect(await token(address, 'balanceOf', wallet)).toBe(BigInt(amount));
        expect(await token(address, 'getFrozenTokens', wallet)).toBe(BigInt(frozen));
        expect(await token(address, 'isFrozen', wallet)).toBe(addressFrozen);
      }
    }
  });

  it.each([
    [DEMO_PERSON, true, false, ZeroAddress],
    ['jonas-weir', true, false, ZeroAddress],
    ['petra-lindqvist', false, false, ZeroAddress],
    ['odile-marchand', false, true, 'linked'],
    ['henrik-solberg', false, true, 'linked'],
    ['ines-barragan', true, false, ZeroAddress],
    ['luca-ferri', true, false, ZeroAddress],
    ['wim-de-groot', true, false, ZeroAddress],
    ['aiko-tanaka', true, false, ZeroAddress],
    ['bruno-alves', true, false, ZeroAddress],
    ['gerda-nowak', false, true, ZeroAddress],
    ['nils-brandt', true, false, ZeroAddress],
    ['freya-lindholm', true, false, ZeroAddress],
    ['ravi-menon', true, false, ZeroAddress],
  ])('%s stands in the registry as said', async (personId, registered, lost, link) => {
    const { lostWallet, linkedTo } = person(personId);

    expect(await registry('contains', lostWallet)).toBe(registered);
    expect(await registry('isWalletLost', lostWallet)).toBe(lost);
    expect(await registry('getRecoveredWallet', lostWallet)).toBe(link === 'linked' ? linkedTo : link);
  });

  it('who lost a wallet for the second time have the first one linked to the one lost now', async () => {
    const [first, second] = person('aiko-tanaka').wallets;

    expect(await registry('getRecoveredWallet', first)).toBe(second);
    expect(person('aiko-tanaka').lostWallet).toBe(second);
  });

  it('who lost two in turn can have the token that was left behind recovered to the one lost now', async () => {
    const { lostWallet, further } = person(LEFT_BEHIND_PERSON);
    const [first] = further;

    expect(first).toMatchObject({ says: 'lost_before', kind: 'key' });
    expect(await registry('getRecoveredWallet', first?.wallet)).toBe(lostWallet);
    expect(first?.holdings.map(({ symbol }) => symbol)).toEqual(['TESD']);
    for (const { token: address } of first?.holdings ?? [])
      expect(await answerToRecovery(address, first?.wallet ?? '', lostWallet ?? '')).toBe('recovers');
  });

  it('who are half recovered need the tokens only', async () => {
    const { lostWallet, linkedTo, holdings } = person('henrik-solberg');

    for (const { token: address } of holdings) {
      expect(await answerToRecovery(address, lostWallet ?? '', linkedTo ?? '')).toBe('recovers');
    }
  });

  it('who have no identity contract are registered with a bare address', async () => {
    const identity = String(await registry('identity', person('nils-brandt').lostWallet));

    expect(await client.getCode(identity)).toBe('0x');
  });
});

describe('the person with several wallets', () => {
  it('has all of them registered with one identity: a lost key, a lost smart account, a healthy key', async () => {
    const { wallets, further, oldIdentity } = person(SEVERAL_WALLETS_PERSON);

    expect(further).toMatchObject([
      { kind: 'account', says: 'lost', role: furtherWalletRole(SEVERAL_WALLETS_PERSON, 'account') },
      { kind: 'key', says: 'healthy', role: furtherWalletRole(SEVERAL_WALLETS_PERSON, 'healthy') },
    ]);
    expect(wallets).toHaveLength(3);
    for (const wallet of wallets) {
      expect(await registry('identity', wallet)).toBe(oldIdentity);
      expect(await registry('isWalletLost', wallet)).toBe(false);
    }
  });

  it('has the smart account from the factory that the profile names, for the owner’s key', async () => {
    const [account] = person(SEVERAL_WALLETS_PERSON).further;
    const owner = practiceAddress(account?.role ?? '');
    const factory = network.profile.walletFactory ?? '';

    expect(await read('AccountFactory', factory, 'getAddress', [owner, 0n])).toBe(account?.wallet);
    expect(await read('ContractWallet', account?.wallet ?? '', 'owner', [])).toBe(owner);
  });

  it('holds a role on a token and signs claims for the trusted issuer with the lost key', async () => {
    const { lostWallet } = person(SEVERAL_WALLETS_PERSON);
    const euro = network.seed.tokens.find(({ symbol }) => symbol === 'EURQ')?.address ?? '';
    const key = keccak256(AbiCoder.defaultAbiCoder().encode(['address'], [lostWallet]));
    const may = (purpose: number) => read('Identity', network.seed.issuer, 'keyHasPurpose', [key, purpose]);

    expect(await token(euro, 'hasRole', id('SUPPLY_MANAGEMENT_ROLE'), lostWallet)).toBe(true);
    expect([await may(3), await may(2), await may(1)]).toEqual([true, false, false]);
  });
});

describe('the demo’s person', () => {
  it('has claims of a trusted issuer on all required topics, and one of an issuer no longer trusted', async () => {
    const { oldIdentity } = person(DEMO_PERSON);
    const { issuer, formerIssuer, contracts } = network.seed;
    const claims = async (topic: string) =>
      read('Identity', oldIdentity ?? '', 'getClaimIdsByTopic', [topicId(topic)]);
    const trusted = (who: string) =>
      read('TrustedIssuersRegistry', contracts.trustedIssuersRegistry, 'isTrustedIssuer', [who]);

    expect(await claims('knowYourCustomer')).toHaveLength(1);
    expect(await claims('antiMoneyLaundering')).toHaveLength(1);
    expect(await claims('accreditedInvestor')).toHaveLength(1);
    expect([await trusted(issuer), await trusted(formerIssuer)]).toEqual([true, false]);
  });

  it('also holds native coin and a token that no system knows', async () => {
    const { lostWallet } = person(DEMO_PERSON);

    expect(await client.getBalance(lostWallet ?? '')).toBe(parseEther('1.5'));
    expect(await read('PlainToken', network.seed.plainToken, 'balanceOf', [lostWallet])).toBe(123_450n);
  });

  it('can get 9 of 12 tokens back; one is paused, one not ours to move, one locked up', async () => {
    const snapshot: unknown = await client.send('evm_snapshot', []);
    const { lostWallet, holdings } = person(DEMO_PERSON);
    const replacement = practiceAddress(PRACTICE_ROLES.replacement);
    const { identityFactory, identityRegistry } = network.seed.contracts;
    const identities = contractInterface(artifacts, 'IdentityFactory');
    const identity = await read('IdentityFactory', identityFactory, 'calculateWalletIdentityAddress', [
      replacement,
      replacement,
    ]);
    const operator = practiceKey(PRACTICE_ROLES.operator);
    await sendAs(
      operator,
      identityFactory,
      identities.encodeFunctionData('createIdentity', [replacement, []]),
    );
    const recover = contractInterface(artifacts, 'IdentityRegistry').encodeFunctionData('recoverIdentity', [
      lostWallet,
      replacement,
      identity,
    ]);
    await sendAs(operator, identityRegistry, recover);

    const answers: Record<string, string> = {};
    for (const { symbol, token: address } of holdings) {
      answers[symbol] = await answerToRecovery(address, lostWallet ?? '', replacement);
    }
    await client.send('evm_revert', [snapshot]);

    const failing = Object.entries(answers).filter(([, answer]) => answer !== 'recovers');
    expect(Object.keys(answers)).toHaveLength(12);
    expect(Object.fromEntries(failing)).toEqual({
      HLB30: 'TokenPaused',
      FENN: 'AccessControlUnauthorizedAccount',
      MSTG: 'ComplianceCheckFailed',
    });
  });
});

describe('a thief with the lost key', () => {
  it('can send to the accomplice', async () => {
    const snapshot: unknown = await client.send('evm_snapshot', []);
    const { lostRole, holdings } = person('luca-ferri');
    const accomplice = practiceAddress(PRACTICE_ROLES.accomplice);
    const abi = contractInterface(artifacts, 'SecurityToken');

    for (const { token: address, amount } of holdings) {
      await sendAs(
        practiceKey(lostRole ?? ''),
        address,
        abi.encodeFunctionData('transfer', [accomplice, amount]),
      );
      expect(await token(address, 'balanceOf', accomplice)).toBe(BigInt(amount));
    }
    await client.send('evm_revert', [snapshot]);
  });
});

describe('unusable replacements', () => {
  it('are there: one frozen, one with frozen tokens of its own', async () => {
    const bySymbol = (symbol: string) =>
      network.seed.tokens.find((one) => one.symbol === symbol)?.address ?? '';
    const frozen = practiceAddress(PRACTICE_ROLES.frozenReplacement);
    const partFrozen = practiceAddress(PRACTICE_ROLES.partFrozenReplacement);

    expect(await token(bySymbol('EURQ'), 'isFrozen', frozen)).toBe(true);
    expect(await token(bySymbol('CHFQ'), 'getFrozenTokens', partFrozen)).toBe(2_000n);
  });
});
