import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { JsonRpcProvider, Wallet, encryptKeystoreJson } from 'ethers';
import type { HDNodeWallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findArtifacts } from '../../../electron/practice/artifacts-file.ts';
import { readArtifacts } from '../../../electron/practice/contract-artifacts.ts';
import {
  createTokens,
  deploySystem,
  grantRoles,
  mintTokens,
  registerHolders,
} from '../../../electron/practice/deploy.ts';
import type { PracticeSystem } from '../../../electron/practice/deploy.ts';
import type { PracticeSetup } from '../../../electron/practice/setup-batch.ts';
import { confirmationText } from '../../../shared/plan.ts';
import { toAddress } from '../../../shared/address.ts';
import { startAnvil } from '../../support/anvil.ts';
import type { Anvil } from '../../support/anvil.ts';
import { documentOf, previewOf } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { terminal } from '../../support/terminal.ts';

const CHAIN_ID = 424_242;
const FREELY_GIVEN = '0x3635c9adc5dea00000';

describe('any SMART system, by its address alone', () => {
  const folder = temporaryFolder('another-system');
  const lost = Wallet.createRandom();
  const operator = Wallet.createRandom();
  let anvil: Anvil;
  let provider: JsonRpcProvider;
  let system: PracticeSystem;
  let tokens: readonly string[];
  const profile = path.join(folder, 'network.json');

  async function setupOf(wallet: HDNodeWallet): Promise<PracticeSetup> {
    await provider.send('anvil_setBalance', [wallet.address, FREELY_GIVEN]);
    return { signer: wallet.connect(provider), artifacts: await readArtifacts(findArtifacts()) };
  }

  beforeAll(async () => {
    anvil = await startAnvil({ chainId: CHAIN_ID });
    provider = new JsonRpcProvider(anvil.url, CHAIN_ID, {
      staticNetwork: true,
      cacheTimeout: -1,
      pollingInterval: 20,
    });
    const setup = await setupOf(Wallet.createRandom());
    const admin = await setup.signer.getAddress();
    // A second system on the same chain, whose tokens must not be mixed in.
    const other = await deploySystem(setup, ['bond']);
    system = await deploySystem(setup, ['note', 'certificate']);
    const grants = ['CUSTODIAN_ROLE', 'SUPPLY_MANAGEMENT_ROLE'].map((role) => ({ role, account: admin }));
    const custodian = { role: 'CUSTODIAN_ROLE', account: operator.address };
    const order = (factory: string, symbol: string, right: boolean) => ({
      factory,
      name: `${symbol} of another desk`,
      symbol,
      decimals: 3,
      admin,
      grants: right ? [...grants, custodian] : grants,
    });
    const created = await createTokens(setup, system, [
      order('note', 'NOTE', true),
      order('certificate', 'CERT', true),
      order('certificate', 'HELD', false),
    ]);
    const [strange] = await createTokens(setup, other, [order('bond', 'STRANGE', true)]);
    tokens = created.map(({ token }) => token);
    await grantRoles(setup, system.accessManager, [
      { role: 'IDENTITY_MANAGER_ROLE', account: operator.address },
    ]);
    await registerHolders(setup, system, [{ wallet: lost.address, country: 372 }]);
    await registerHolders(setup, other, [{ wallet: lost.address, country: 372 }]);
    await mintTokens(
      setup,
      [...tokens, strange?.token ?? ''].map((token) => ({ token, to: lost.address, amount: 1500n })),
    );
    await provider.send('anvil_setBalance', [operator.address, FREELY_GIVEN]);
    writeFileSync(
      profile,
      JSON.stringify({
        name: 'Another system',
        chainId: CHAIN_ID,
        rpcUrls: [anvil.url],
        protocol: 'smart',
        system: system.system,
        finality: 'instant',
      }),
    );
    const sealed = await encryptKeystoreJson(
      { address: operator.address, privateKey: operator.privateKey },
      'of this test alone',
      { scrypt: { N: 1024 } },
    );
    writeFileSync(path.join(folder, 'operator.json'), sealed.replace('"Crypto":', '"crypto":'), {
      mode: 0o600,
    });
    writeFileSync(path.join(folder, 'passphrase'), 'of this test alone', { mode: 0o600 });
    writeFileSync(path.join(folder, 'replacement'), 'a long enough passphrase', { mode: 0o600 });
  });
  afterAll(async () => {
    provider.destroy();
    await anvil.stop();
  });

  const data = path.join(folder, 'data');

  it('is checked: its parts are those that were deployed', async () => {
    const run = await terminal(['network', 'check', '--json', '--network', profile, '--data', data]);

    expect(run.code).toBe(0);
    const { system: address, parts } = documentOf(run);
    const {
      tokenFactories: _f,
      identityVerificationModule: _m,
      lockUpModule: _l,
      system: own,
      ...rest
    } = system;
    expect(address).toBe(toAddress(own));
    expect(parts).toEqual(
      Object.fromEntries(Object.entries(rest).map(([name, at]) => [name, toAddress(at)])),
    );
  });

  it('is previewed, with its own tokens in scope and those of another system as out of reach', async () => {
    const run = await terminal([
      'preview',
      '--json',
      '--network',
      profile,
      '--data',
      data,
      '--wallet',
      lost.address,
      '--operator',
      operator.address,
    ]);

    expect(run.code).toBe(0);
    const { preview } = previewOf(run);
    expect(preview.network).toMatchObject({ practice: false, chainId: CHAIN_ID });
    expect(preview.lost).toMatchObject({ registered: true, country: 372 });
    expect(
      preview.tokens.map(({ symbol, balance, predicted }) => [symbol, balance, predicted.outcome]),
    ).toEqual([
      ['NOTE', '1500', 'recovers'],
      ['CERT', '1500', 'recovers'],
      ['HELD', '1500', 'fails'],
    ]);
    expect(preview.notRecoverable.tokens.map(({ symbol }) => symbol)).toEqual(['STRANGE']);
    expect(preview.warnings.map(({ code }) => code)).not.toContain('PRACTICE_NETWORK');
  });

  it('is recovered on', async () => {
    const run = await terminal([
      'recover',
      '--json',
      '--network',
      profile,
      '--data',
      data,
      '--wallet',
      lost.address,
      '--reason',
      'device_failed',
      '--ticket',
      'T-1',
      '--keystore',
      path.join(folder, 'operator.json'),
      '--passphrase-file',
      path.join(folder, 'passphrase'),
      '--replacement-passphrase-file',
      path.join(folder, 'replacement'),
      '--confirm',
      confirmationText({ lostWallet: toAddress(lost.address) }),
    ]);

    expect(run.code).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({
      status: 'completed_with_token_failures',
      practice: false,
      tokens: {
        total: 3,
        recovered: 2,
        failures: [{ token: toAddress(tokens[2] ?? ''), reason: 'CUSTODIAN_PERMISSION_MISSING' }],
      },
    });
  });
});
