/** Sample operators with only what a test wants different. */
import type { NewOperator } from '../../../electron/store/operator-repository.ts';
import { address, hash } from './records.ts';

export const OPERATOR_ID = 'O-00000000a1';

export function sampleOperator(over: Partial<NewOperator> = {}): NewOperator {
  return {
    id: OPERATOR_ID,
    name: 'Ada Lovelace',
    signIn: { kind: 'passphrase', totp: false },
    credential: { kind: 'keystore', address: address(0xa1), wrapping: 'keychain' },
    vault: { wrapping: 'keychain', keystore: 'sealed key', box: 'sealed secrets' },
    totpStep: null,
    recoveryCodes: [],
    ...over,
  };
}

export function oidcOperator(over: Partial<NewOperator> = {}): NewOperator {
  return sampleOperator({
    id: 'O-00000000b2',
    name: 'Grace Hopper',
    signIn: { kind: 'oidc', issuer: 'https://id.example', subject: 'grace' },
    credential: { kind: 'ledger', address: address(0xb2), path: "m/44'/60'/0'/0/0" },
    vault: null,
    ...over,
  });
}

export const sampleCodes = [
  { hash: hash(1), salt: '0x01' as const },
  { hash: hash(2), salt: '0x02' as const },
];
