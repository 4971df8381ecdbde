/** The SMART functions, events and errors that this family reads and calls (CHAIN A), and ABI coding over them. */
import { Interface } from 'ethers';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';
import type { CallResult, ChainCall } from '../../chain/types.ts';

export const smartAbi = new Interface([
  // system
  'function supportsInterface(bytes4) view returns (bool)',
  'function identityRegistry() view returns (address)',
  'function identityFactory() view returns (address)',
  'function identityRegistryStorage() view returns (address)',
  'function tokenFactoryRegistry() view returns (address)',
  'function trustedIssuersRegistry() view returns (address)',
  'function topicSchemeRegistry() view returns (address)',
  'function accessManager() view returns (address)',
  'function hasRole(bytes32 role, address account) view returns (bool)',
  // identity registry
  'function contains(address wallet) view returns (bool)',
  'function identity(address wallet) view returns (address)',
  'function investorCountry(address wallet) view returns (uint16)',
  'function isWalletLost(address wallet) view returns (bool)',
  'function getRecoveredWallet(address lostWallet) view returns (address)',
  'function updateIdentity(address wallet, address identity)',
  'function recoverIdentity(address lostWallet, address newWallet, address newOnchainId)',
  // identity factory, identity
  'function getIdentity(address wallet) view returns (address)',
  'function calculateWalletIdentityAddress(address wallet, address initialManager) view returns (address)',
  'function createIdentity(address wallet, bytes32[] managementKeys) returns (address)',
  'function getKeysByPurpose(uint256 purpose) view returns (bytes32[])',
  'function getClaimIdsByTopic(uint256 topic) view returns (bytes32[])',
  'function getClaim(bytes32 claimId) view returns (uint256 topic, uint256 scheme, address issuer, bytes signature, bytes data, string uri)',
  // smart accounts (ERC-4337)
  'function createAccount(address owner, uint256 salt) returns (address)',
  'function getAddress(address owner, uint256 salt) view returns (address)',
  // claim topics and issuers
  'function getAllTopicIds() view returns (uint256[])',
  'function isTrustedIssuer(address issuer) view returns (bool)',
  'function hasClaimTopic(address issuer, uint256 claimTopic) view returns (bool)',
  'function getTrustedIssuersForClaimTopic(uint256 claimTopic) view returns (address[])',
  'function isVerified(address wallet, (uint8 nodeType, uint256 value)[] expression) view returns (bool)',
  'function addClaim(uint256 topic, uint256 scheme, address issuer, bytes signature, bytes data, string uri) returns (bytes32)',
  'function isClaimValid(address subject, uint256 topic, bytes signature, bytes data) view returns (bool)',
  // keys (ERC-734)
  'function keyHasPurpose(bytes32 key, uint256 purpose) view returns (bool)',
  'function execute(address to, uint256 value, bytes data) payable returns (uint256)',
  // tokens
  'function complianceModules() view returns ((address module, bytes params)[])',
  'function transfer(address to, uint256 amount) returns (bool)',
  'function isFactoryToken(address token) view returns (bool)',
  'function name() view returns (string)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address) view returns (uint256)',
  'function paused() view returns (bool)',
  'function isFrozen(address wallet) view returns (bool)',
  'function getFrozenTokens(address wallet) view returns (uint256)',
  'function setAddressFrozen(address wallet, bool freeze)',
  'function forcedRecoverTokens(address lostWallet, address newWallet)',
  'function recoverTokens(address lostWallet)',
  // events
  'event TokenFactoryRegistered(address indexed sender, string name, bytes32 typeId, address proxyAddress, address implementationAddress, address tokenImplementationAddress, bytes4[] interfaces, uint256 timestamp)',
  'event TokenAssetCreated(address indexed sender, address indexed tokenAddress, address indexed tokenIdentity, bytes4[] interfaces, address accessManager)',
  'event TopicSchemeRegistered(address indexed sender, uint256 indexed topicId, string name, string signature)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event AddressFrozen(address indexed sender, address indexed userAddress, bool indexed isFrozen)',
  'event WalletRecoveryLinked(address indexed sender, address indexed lostWallet, address indexed newWallet)',
  'event TokensRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, uint256 amount)',
  'event ClaimAdded(bytes32 indexed claimId, uint256 indexed topic, uint256 scheme, address indexed issuer, bytes signature, bytes data, string uri)',
  'event IdentityCreated(address indexed sender, address indexed identity, address indexed wallet)',
  'event ContractIdentityCreated(address indexed sender, address indexed identity, address indexed contractAddress)',
  'event IdentityStored(address indexed wallet, address indexed identity, uint16 indexed country)',
  // as storages of earlier versions have it, and ERC-3643
  'event IdentityStored(address indexed wallet, address indexed identity)',
  'event IdentityModified(address indexed wallet, address indexed oldIdentity, address indexed newIdentity)',
  'event IdentityUpdated(address indexed sender, address indexed oldIdentity, address indexed newIdentity)',
  'event IdentityRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, address newIdentity, address oldIdentity)',
  // roles (OpenZeppelin's AccessControl), keys (ERC-734)
  'event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)',
  'event KeyAdded(bytes32 indexed key, uint256 indexed purpose, uint256 indexed keyType)',
  // errors
  'error SenderLacksClaimSignerKey()',
  'error SenderLacksActionKey()',
  'error InvalidClaim()',
  'error SenderAddressFrozen()',
  'error RecipientAddressFrozen()',
  'error AccessControlUnauthorizedAccount(address account, bytes32 role)',
  'error TokenPaused()',
  'error NoTokensToRecover()',
  'error InvalidLostWallet()',
  'error InvalidUserAddress()',
  'error InvalidIdentityAddress()',
  'error IdentityNotRegistered(address)',
  'error IdentityAlreadyRegistered(address)',
  'error WalletAlreadyMarkedAsLost(address)',
  'error WalletAlreadyLinked(address)',
  'error ComplianceCheckFailed(string reason)',
  'error Error(string)',
  'error Panic(uint256)',
]);

/** IATKSystem's ERC-165 id. */
export const ATK_SYSTEM_INTERFACE_ID = '0xdb28046c';
/** keccak256("IDENTITY_MANAGER_ROLE") */
export const IDENTITY_MANAGER_ROLE = '0x6f4ec491520a619d027305ac474684693a3aa2bc30b42428035171ecb53bb4ad';
/** keccak256("CUSTODIAN_ROLE") */
export const CUSTODIAN_ROLE = '0xe28434228950b641dbbc0178de89daa359a87c6ee0d8399aeace52a98fe902b9';

/** One call by function name. */
export function call(to: Address, name: string, args: readonly unknown[] = []): ChainCall {
  return { to, data: smartAbi.encodeFunctionData(name, [...args]).toLowerCase() as Hex };
}

/** The decoded values of an answer; null for a revert or for bytes that are none of the function's. */
function decoded(name: string, result: CallResult | undefined): readonly unknown[] | null {
  if (result === undefined || !result.ok || result.data === '0x') return null;
  try {
    return smartAbi.decodeFunctionResult(name, result.data).toArray();
  } catch {
    return null;
  }
}

export function addressAnswer(name: string, result: CallResult | undefined): Address | null {
  const value = decoded(name, result)?.[0];
  if (typeof value !== 'string') return null;
  return /^0x0{40}$/.test(value) ? null : toAddress(value);
}

export function boolAnswer(name: string, result: CallResult | undefined): boolean | null {
  const value = decoded(name, result)?.[0];
  return typeof value === 'boolean' ? value : null;
}

export function bigintAnswer(name: string, result: CallResult | undefined): bigint | null {
  const value = decoded(name, result)?.[0];
  return typeof value === 'bigint' ? value : null;
}

export function textAnswer(name: string, result: CallResult | undefined): string | null {
  const value = decoded(name, result)?.[0];
  return typeof value === 'string' ? value : null;
}

/** The values of an answer that is one array. */
export function listAnswer(name: string, result: CallResult | undefined): readonly unknown[] | null {
  const value: unknown = decoded(name, result)?.[0];
  return Array.isArray(value) ? [...(value as readonly unknown[])] : null;
}

/** All values of an answer that has several. */
export function tupleAnswer(name: string, result: CallResult | undefined): readonly unknown[] | null {
  return decoded(name, result);
}

/** The topic 0 of an event of this family, by its name, or by its signature where several share the name. */
export function eventTopic(name: string): Hex {
  const event = smartAbi.getEvent(name);
  if (event === null) throw new Error(`no event ${name}`);
  return event.topicHash as Hex;
}

/** An address as a log topic: left-padded to 32 bytes. */
export function addressTopic(address: Address): Hex {
  return `0x${'0'.repeat(24)}${address.slice(2).toLowerCase()}`;
}
