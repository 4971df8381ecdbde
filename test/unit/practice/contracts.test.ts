import { beforeAll, describe, expect, test } from 'vitest';
import { EventFragment, FunctionFragment, id, type Interface } from 'ethers';
import { compileContracts } from '../../../resources/scripts/contracts.mjs';
import {
  contractInterface,
  readArtifacts,
  type PracticeArtifacts,
} from '../../../electron/practice/contract-artifacts.ts';
import {
  smartErrors,
  smartEvents,
  smartFragments,
  smartFunctions,
  smartInterfaces,
  smartRoles,
} from '../../support/chain-facts.ts';

let artifacts: PracticeArtifacts;
let interfaces: readonly Interface[];

beforeAll(async () => {
  artifacts = await readArtifacts((await compileContracts()).path);
  interfaces = Object.keys(artifacts).map((name) => contractInterface(artifacts, name));
}, 60_000);

function selectorOf(signature: string): string {
  return id(signature).slice(0, 10);
}

describe('the chain facts agree with themselves', () => {
  test.each([...smartFunctions, ...smartErrors])('$signature hashes to $selector', (fact) => {
    expect(selectorOf(fact.signature)).toBe(fact.selector);
  });

  test.each(smartEvents)('$signature hashes to its topic', (fact) => {
    expect(id(fact.signature)).toBe(fact.topic0);
  });

  test.each(smartRoles)('the id of $name is the hash of its name', (role) => {
    expect(id(role.name)).toBe(role.id);
  });

  test('no fact is stated twice', () => {
    const signatures = [...smartFunctions, ...smartErrors, ...smartEvents].map(({ signature }) => signature);
    const ids = [...smartRoles, ...smartInterfaces].map(({ id: value }) => value);
    expect(new Set([...signatures, ...ids]).size).toBe(signatures.length + ids.length);
  });
});

describe('the practice contracts carry what the chain facts state', () => {
  test.each(smartFunctions)('a contract has the function $signature under $selector', (fact) => {
    const found = interfaces.map((contract) => contract.getFunction(fact.selector)?.format('sighash'));
    expect(found).toContain(fact.signature);
  });

  test.each(smartErrors)('a contract reverts with $signature under $selector', (fact) => {
    const found = interfaces.map((contract) => contract.getError(fact.selector)?.format('sighash'));
    expect(found).toContain(fact.signature);
  });

  test.each(smartEvents)('a contract emits $signature under its topic', (fact) => {
    const found = interfaces.map((contract) => contract.getEvent(fact.topic0)?.format('sighash'));
    expect(found).toContain(fact.signature);
  });

  const events = smartFragments.filter(({ fragment }) => fragment.startsWith('event '));
  const functions = smartFragments.filter(({ fragment }) => fragment.startsWith('function '));

  test.each(events)('$contract declares: $fragment', ({ contract, fragment }) => {
    const wanted = EventFragment.from(fragment);
    const declared = contractInterface(artifacts, contract).getEvent(wanted.topicHash);
    expect(declared?.format('full')).toBe(wanted.format('full'));
  });

  test.each(functions)('$contract declares: $fragment', ({ contract, fragment }) => {
    const wanted = FunctionFragment.from(fragment);
    const declared = contractInterface(artifacts, contract).getFunction(wanted.selector);
    expect(declared?.format('minimal')).toBe(wanted.format('minimal'));
  });
});

describe('compiling', () => {
  test('an unchanged tree is not compiled again', async () => {
    const started = performance.now();
    const { compiled } = await compileContracts();

    expect(compiled).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('every contract fits the size that a chain accepts', () => {
    const sizes = Object.values(artifacts).map(({ bytecode }) => (bytecode.length - 2) / 2);
    expect(Math.max(...sizes)).toBeLessThan(24_576);
  });
});
