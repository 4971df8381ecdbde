// Puts the practice network's contracts on a chain and fills them: system, tokens, holders.
// For the practice network and tests alone: it must never be given the signer of a real network.
import { AbiCoder, id, type Interface, type TransactionReceipt } from 'ethers';
import { contractInterface } from './contract-artifacts.ts';
import { openBatch, reportedAddress, type PracticeSetup } from './setup-batch.ts';

/** The addresses of one deployed system; `system` alone is enough to find the others on chain. */
export interface PracticeSystem {
  readonly system: string;
  readonly accessManager: string;
  readonly identityRegistry: string;
  readonly identityRegistryStorage: string;
  readonly identityFactory: string;
  readonly trustedIssuersRegistry: string;
  readonly topicSchemeRegistry: string;
  readonly tokenFactoryRegistry: string;
  readonly tokenFactories: Readonly<Record<string, string>>;
  readonly identityVerificationModule: string;
  readonly lockUpModule: string;
}

export interface RoleGrant {
  /** The role's name, such as `CUSTODIAN_ROLE`. */
  readonly role: string;
  readonly account: string;
}

export interface TokenOrder {
  /** Name of one of the system's token factories. */
  readonly factory: string;
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
  /** May grant and revoke the token's roles. */
  readonly admin: string;
  readonly grants: readonly RoleGrant[];
  /** Claim topics that every receiver needs; a receiver must be registered in any case. */
  readonly requiredTopics?: readonly bigint[];
  /** Holding period after each receipt, in seconds. */
  readonly lockUpSeconds?: bigint;
}

export interface CreatedToken {
  readonly token: string;
  readonly identity: string;
  readonly accessManager: string;
}

export interface Holder {
  readonly wallet: string;
  /** ISO 3166-1 numeric. */
  readonly country: number;
}

const defaultFactories = ['bond', 'equity', 'fund'] as const;
const adminRoles = [
  'IDENTITY_MANAGER_ROLE',
  'CLAIM_POLICY_MANAGER_ROLE',
  'TOKEN_MANAGER_ROLE',
  'SYSTEM_MANAGER_ROLE',
] as const;
// ExpressionType in ClaimExpression.sol.
const topicNode = 0;
const andNode = 1;

/** Deploys one contract and answers its address. */
export async function deployContract(
  setup: PracticeSetup,
  name: string,
  args: readonly unknown[] = [],
): Promise<string> {
  const batch = await openBatch(setup);
  const address = batch.deploy(name, args);
  await batch.settle();
  return address;
}

/** Deploys a whole system. The signer becomes its admin and holds every system role. */
export async function deploySystem(
  setup: PracticeSetup,
  factoryNames: readonly string[] = defaultFactories,
): Promise<PracticeSystem> {
  const admin = await setup.signer.getAddress();
  const batch = await openBatch(setup);
  const accessManager = batch.deploy('AccessManager');
  const grants = adminRoles.map((role) => ({ role: id(role), account: admin }));
  batch.call('AccessManager', accessManager, 'initialize', [admin, grants]);

  const identityRegistryStorage = batch.deploy('IdentityRegistryStorage', [accessManager]);
  const trustedIssuersRegistry = batch.deploy('TrustedIssuersRegistry', [accessManager]);
  const topicSchemeRegistry = batch.deploy('TopicSchemeRegistry', [accessManager]);
  const identityRegistry = batch.deploy('IdentityRegistry', [
    accessManager,
    identityRegistryStorage,
    trustedIssuersRegistry,
    topicSchemeRegistry,
  ]);
  batch.call('IdentityRegistryStorage', identityRegistryStorage, 'bindIdentityRegistry', [identityRegistry]);
  const identityImplementation = batch.deploy('Identity');
  const identityFactory = batch.deploy('IdentityFactory', [identityImplementation, trustedIssuersRegistry]);

  const tokenFactoryRegistry = batch.deploy('TokenFactoryRegistry', [accessManager]);
  const tokenImplementation = batch.deploy('SecurityToken');
  const factoryParts = { accessManager, identityRegistry, identityFactory, tokenImplementation };
  const tokenFactories: Record<string, string> = {};
  for (const name of factoryNames) {
    const factory = batch.deploy('TokenFactory', [factoryParts]);
    const entry = [name, factory, tokenImplementation, []];
    batch.call('TokenFactoryRegistry', tokenFactoryRegistry, 'registerTokenFactory', entry);
    tokenFactories[name] = factory;
  }

  const parts = {
    accessManager,
    identityRegistry,
    identityRegistryStorage,
    identityFactory,
    trustedIssuersRegistry,
    topicSchemeRegistry,
    tokenFactoryRegistry,
  };
  const system = batch.deploy('System', [parts]);
  const identityVerificationModule = batch.deploy('IdentityVerificationModule');
  const lockUpModule = batch.deploy('LockUpModule');
  await batch.settle();
  return { system, ...parts, tokenFactories, identityVerificationModule, lockUpModule };
}

/** Grants roles on an access manager: the system's, or a token's. The signer must be its admin. */
export async function grantRoles(
  setup: PracticeSetup,
  accessManager: string,
  grants: readonly RoleGrant[],
): Promise<void> {
  const batch = await openBatch(setup);
  for (const { role, account } of grants) {
    batch.call('AccessManager', accessManager, 'grantRole', [id(role), account]);
  }
  await batch.settle();
}

/** Creates tokens, one transaction each. Answers in the order asked. */
export async function createTokens(
  setup: PracticeSetup,
  system: PracticeSystem,
  orders: readonly TokenOrder[],
): Promise<readonly CreatedToken[]> {
  const batch = await openBatch(setup);
  for (const order of orders) {
    const factory = system.tokenFactories[order.factory];
    if (factory === undefined) throw new Error(`No token factory named ${order.factory}.`);
    batch.call('TokenFactory', factory, 'createToken', [orderArguments(system, order)]);
  }
  const receipts = await batch.settle();
  const factoryInterface = contractInterface(setup.artifacts, 'TokenFactory');
  return receipts.map((receipt) => createdToken(factoryInterface, receipt));
}

/** Creates one token. */
export async function createToken(
  setup: PracticeSetup,
  system: PracticeSystem,
  order: TokenOrder,
): Promise<CreatedToken> {
  const [created] = await createTokens(setup, system, [order]);
  if (created === undefined) throw new Error('The token was not created.');
  return created;
}

/** Mints whole numbers of a token's smallest unit. The signer needs SUPPLY_MANAGEMENT_ROLE on each token. */
export async function mintTokens(
  setup: PracticeSetup,
  mints: readonly { readonly token: string; readonly to: string; readonly amount: bigint }[],
): Promise<void> {
  const batch = await openBatch(setup);
  for (const { token, to, amount } of mints) batch.call('SecurityToken', token, 'mint', [to, amount]);
  await batch.settle();
}

/** Creates an identity for each wallet and answers their addresses in the order asked; registers nothing. */
export async function createIdentities(
  setup: PracticeSetup,
  system: PracticeSystem,
  wallets: readonly string[],
): Promise<readonly string[]> {
  const factoryInterface = contractInterface(setup.artifacts, 'IdentityFactory');
  const batch = await openBatch(setup);
  for (const wallet of wallets) {
    batch.call('IdentityFactory', system.identityFactory, 'createIdentity', [wallet, []]);
  }
  const receipts = await batch.settle();
  return receipts.map((receipt) => reportedAddress(factoryInterface, receipt, 'IdentityCreated', 'identity'));
}

/** Creates an identity for each holder and registers the wallet with it. */
export async function registerHolders(
  setup: PracticeSetup,
  system: PracticeSystem,
  holders: readonly Holder[],
): Promise<readonly string[]> {
  const wallets = holders.map(({ wallet }) => wallet);
  const identities = await createIdentities(setup, system, wallets);
  const batch = await openBatch(setup);
  holders.forEach(({ wallet, country }, index) => {
    const args = [wallet, identities[index], country];
    batch.call('IdentityRegistry', system.identityRegistry, 'registerIdentity', args);
  });
  await batch.settle();
  return identities;
}

function orderArguments(system: PracticeSystem, order: TokenOrder): Readonly<Record<string, unknown>> {
  const modules = [
    { module: system.identityVerificationModule, params: topicsExpression(order.requiredTopics) },
  ];
  if (order.lockUpSeconds !== undefined) {
    const params = AbiCoder.defaultAbiCoder().encode(['uint256'], [order.lockUpSeconds]);
    modules.push({ module: system.lockUpModule, params });
  }
  const grants = order.grants.map(({ role, account }) => ({ role: id(role), account }));
  const { name, symbol, decimals, admin } = order;
  return { name, symbol, decimals, admin, grants, modules };
}

/** All topics joined by AND, in postfix order. */
function topicsExpression(topics: readonly bigint[] = []): string {
  const nodes = topics.flatMap((topic, index) =>
    index === 0
      ? [[topicNode, topic]]
      : [
          [topicNode, topic],
          [andNode, 0n],
        ],
  );
  return AbiCoder.defaultAbiCoder().encode(['tuple(uint8,uint256)[]'], [nodes]);
}

function createdToken(factoryInterface: Interface, receipt: TransactionReceipt): CreatedToken {
  const reported = (argument: string): string =>
    reportedAddress(factoryInterface, receipt, 'TokenAssetCreated', argument);
  return {
    token: reported('tokenAddress'),
    identity: reported('tokenIdentity'),
    accessManager: reported('accessManager'),
  };
}
