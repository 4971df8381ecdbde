import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { externalAddresses, operatorNames } from '../../../electron/store/operator-addresses.ts';
import { operatorRepository } from '../../../electron/store/operator-repository.ts';
import { openForTest } from './desk-under-test.ts';
import { oidcOperator, sampleOperator } from './operator-records.ts';
import { address } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

/** Ada with a key here, Grace with a Safe; both with records that read. */
function desk() {
  const store = openForTest(temporaryFolder());
  const operators = operatorRepository(store, openAuditLog(store));
  operators.insert(sampleOperator());
  operators.insert(oidcOperator({ credential: { kind: 'export', address: address(0xb2) } }));
  const damage = (name: string) =>
    store.run(`UPDATE operator SET credential = 'none' WHERE name = :name`, { name });
  return { operators, damage };
}

describe('the addresses that are known at this desk', () => {
  it('are named, and told apart by who signs for them', () => {
    const { operators } = desk();
    expect([...operatorNames(operators)]).toEqual([
      [address(0xb2), 'Grace Hopper'],
      [address(0xa1), 'Ada Lovelace'],
    ]);
    expect(externalAddresses(operators)).toEqual([address(0xb2)]);
  });

  it('lack those whose record does not read, and nobody else', () => {
    const { operators, damage } = desk();
    damage('Ada Lovelace');
    expect([...operatorNames(operators)]).toEqual([[address(0xb2), 'Grace Hopper']]);
    expect(externalAddresses(operators)).toEqual([address(0xb2)]);
    damage('Grace Hopper');
    expect(externalAddresses(operators)).toEqual([]);
  });
});
