// Section A of the chain facts as data, literally as measured there: no number here is ever computed.
// Tests hold our code and the practice contracts to them.

interface SelectorFact {
  readonly signature: string;
  readonly selector: string;
}

export const smartFunctions: readonly SelectorFact[] = [
  { signature: 'createIdentity(address,bytes32[])', selector: '0xe6aa44e2' },
  { signature: 'recoverIdentity(address,address,address)', selector: '0x2406dfc6' },
  { signature: 'forcedRecoverTokens(address,address)', selector: '0x62b9333e' },
  { signature: 'recoverTokens(address)', selector: '0x16114acd' },
  { signature: 'forcedTransfer(address,address,uint256)', selector: '0x9fc1d0e7' },
];

export const smartErrors: readonly SelectorFact[] = [
  { signature: 'AccessControlUnauthorizedAccount(address,bytes32)', selector: '0xe2517d3f' },
  { signature: 'SenderLacksManagementKey()', selector: '0xad51ff83' },
  { signature: 'WalletInManagementKeys()', selector: '0xa9abb9cf' },
  { signature: 'WalletAlreadyLinked(address)', selector: '0x0caee8d8' },
  { signature: 'ZeroAddressNotAllowed()', selector: '0x8579befe' },
  { signature: 'InvalidUserAddress()', selector: '0x702b3d90' },
  { signature: 'InvalidIdentityAddress()', selector: '0xa28c79a9' },
  { signature: 'IdentityNotRegistered(address)', selector: '0xfa9b64eb' },
  { signature: 'IdentityAlreadyRegistered(address)', selector: '0x45052f45' },
  { signature: 'WalletAlreadyMarkedAsLost(address)', selector: '0xafcec193' },
  { signature: 'IdentityDoesNotExist(address)', selector: '0xae5d11c6' },
  { signature: 'TokenPaused()', selector: '0xe7792495' },
  { signature: 'NoTokensToRecover()', selector: '0xbc9eb042' },
  { signature: 'InvalidLostWallet()', selector: '0x0e7bebe3' },
];

export const smartEvents: readonly { readonly signature: string; readonly topic0: string }[] = [
  {
    signature: 'TokenAssetCreated(address,address,address,bytes4[],address)',
    topic0: '0x32100191aac720b586d5e0c2e7856cb5cec1e145c75639b03f4b0d4d17d05435',
  },
];

export const smartRoles: readonly { readonly name: string; readonly id: string }[] = [
  {
    name: 'IDENTITY_MANAGER_ROLE',
    id: '0x6f4ec491520a619d027305ac474684693a3aa2bc30b42428035171ecb53bb4ad',
  },
  {
    name: 'CUSTODIAN_ROLE',
    id: '0xe28434228950b641dbbc0178de89daa359a87c6ee0d8399aeace52a98fe902b9',
  },
  {
    name: 'EMERGENCY_ROLE',
    id: '0xbf233dd2aafeb4d50879c4aa5c81e96d92f6e6945c906a58f9f2d1c1631b4b26',
  },
];

/** ERC-165 ids; `contract` is the practice contract that answers true to it. */
export const smartInterfaces: readonly {
  readonly name: string;
  readonly id: string;
  readonly contract: 'SecurityToken' | 'System' | 'IdentityFactory';
}[] = [
  { name: 'ISMARTCustodian', id: '0x25e5ad79', contract: 'SecurityToken' },
  { name: 'ISMARTPausable', id: '0xe78a39d8', contract: 'SecurityToken' },
  { name: 'ISMARTTokenAccessManaged', id: '0x6c1a283c', contract: 'SecurityToken' },
  { name: 'IATKSystem', id: '0xdb28046c', contract: 'System' },
  { name: 'IATKIdentityFactory', id: '0x1c08ec41', contract: 'IdentityFactory' },
];

/** What section A names without a number: each must be in the named practice contract's ABI as written here. */
export const smartFragments: readonly { readonly contract: string; readonly fragment: string }[] = [
  ...[
    'identityRegistry',
    'identityFactory',
    'identityRegistryStorage',
    'tokenFactoryRegistry',
    'trustedIssuersRegistry',
    'topicSchemeRegistry',
    'accessManager',
  ].map((view) => ({ contract: 'System', fragment: `function ${view}() view returns (address)` })),
  { contract: 'AccessManager', fragment: 'function hasRole(bytes32,address) view returns (bool)' },
  { contract: 'TokenFactoryRegistry', fragment: 'function tokenFactory(bytes32) view returns (address)' },
  {
    contract: 'TokenFactoryRegistry',
    fragment:
      'event TokenFactoryRegistered(address indexed sender, string name, bytes32 typeId, address proxyAddress, address implementationAddress, address tokenImplementationAddress, bytes4[] interfaces, uint256 timestamp)',
  },
  { contract: 'TokenFactory', fragment: 'function isFactoryToken(address) view returns (bool)' },
  {
    contract: 'TokenFactory',
    fragment:
      'event TokenAssetCreated(address indexed sender, address indexed tokenAddress, address indexed tokenIdentity, bytes4[] interfaces, address accessManager)',
  },
  { contract: 'IdentityFactory', fragment: 'function createIdentity(address,bytes32[]) returns (address)' },
  { contract: 'IdentityFactory', fragment: 'function getIdentity(address) view returns (address)' },
  {
    contract: 'IdentityFactory',
    fragment: 'function calculateWalletIdentityAddress(address,address) view returns (address)',
  },
  {
    contract: 'IdentityFactory',
    fragment:
      'event IdentityCreated(address indexed sender, address indexed identity, address indexed wallet)',
  },
  { contract: 'IdentityRegistry', fragment: 'function contains(address) view returns (bool)' },
  { contract: 'IdentityRegistry', fragment: 'function identity(address) view returns (address)' },
  { contract: 'IdentityRegistry', fragment: 'function investorCountry(address) view returns (uint16)' },
  { contract: 'IdentityRegistry', fragment: 'function isWalletLost(address) view returns (bool)' },
  { contract: 'IdentityRegistry', fragment: 'function getRecoveredWallet(address) view returns (address)' },
  {
    contract: 'IdentityRegistry',
    fragment:
      'event IdentityRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, address newIdentity, address oldIdentity)',
  },
  {
    contract: 'IdentityRegistry',
    fragment:
      'event WalletRecoveryLinked(address indexed sender, address indexed lostWallet, address indexed newWallet)',
  },
  { contract: 'IdentityRegistry', fragment: 'function updateIdentity(address,address)' },
  {
    contract: 'IdentityRegistry',
    fragment:
      'event IdentityUpdated(address indexed sender, address indexed oldIdentity, address indexed newIdentity)',
  },
  {
    contract: 'IdentityRegistryStorage',
    fragment:
      'event IdentityStored(address indexed investorAddress, address indexed identity, uint16 indexed country)',
  },
  {
    contract: 'IdentityRegistryStorage',
    fragment:
      'event IdentityModified(address indexed investorAddress, address indexed oldIdentity, address indexed newIdentity)',
  },
  {
    contract: 'IdentityFactory',
    fragment:
      'event ContractIdentityCreated(address indexed sender, address indexed identity, address indexed contractAddress)',
  },
  {
    contract: 'Identity',
    fragment: 'event KeyAdded(bytes32 indexed key, uint256 indexed purpose, uint256 indexed keyType)',
  },
  {
    contract: 'AccessManager',
    fragment: 'event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)',
  },
  { contract: 'TrustedIssuersRegistry', fragment: 'function isTrustedIssuer(address) view returns (bool)' },
  { contract: 'AccountFactory', fragment: 'function createAccount(address,uint256) returns (address)' },
  { contract: 'AccountFactory', fragment: 'function getAddress(address,uint256) view returns (address)' },
  { contract: 'SecurityToken', fragment: 'function identityRegistry() view returns (address)' },
  { contract: 'SecurityToken', fragment: 'function accessManager() view returns (address)' },
  { contract: 'SecurityToken', fragment: 'function hasRole(bytes32,address) view returns (bool)' },
  { contract: 'SecurityToken', fragment: 'function setAddressFrozen(address,bool)' },
  { contract: 'SecurityToken', fragment: 'function isFrozen(address) view returns (bool)' },
  { contract: 'SecurityToken', fragment: 'function getFrozenTokens(address) view returns (uint256)' },
  { contract: 'SecurityToken', fragment: 'function paused() view returns (bool)' },
  { contract: 'SecurityToken', fragment: 'function pause()' },
  { contract: 'SecurityToken', fragment: 'function unpause()' },
  {
    contract: 'SecurityToken',
    fragment:
      'event TokensRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, uint256 amount)',
  },
  {
    contract: 'SecurityToken',
    fragment: 'event Transfer(address indexed from, address indexed to, uint256 value)',
  },
];
