/** Names of the roles of SMART systems and tokens; a role's id is the keccak256 of its name (ATKPeopleRoles, ATKSystemRoles, ATKAssetRoles). */
import { id } from 'ethers';

/** OpenZeppelin's AccessControl: whoever holds it grants and revokes the others. Its id is zero, not a hash. */
const DEFAULT_ADMIN = `0x${'0'.repeat(64)}`;

const NAMES = [
  // people of a system
  'SYSTEM_MANAGER_ROLE',
  'IDENTITY_MANAGER_ROLE',
  'TOKEN_MANAGER_ROLE',
  'COMPLIANCE_MANAGER_ROLE',
  'ADDON_MANAGER_ROLE',
  'CLAIM_POLICY_MANAGER_ROLE',
  'CLAIM_ISSUER_ROLE',
  'ORGANISATION_IDENTITY_MANAGER_ROLE',
  'AUDITOR_ROLE',
  // modules of a system
  'SYSTEM_MODULE_ROLE',
  'IDENTITY_REGISTRY_MODULE_ROLE',
  'TOKEN_FACTORY_REGISTRY_MODULE_ROLE',
  'TOKEN_FACTORY_MODULE_ROLE',
  'ADDON_FACTORY_REGISTRY_MODULE_ROLE',
  'ADDON_FACTORY_MODULE_ROLE',
  'TRUSTED_ISSUERS_META_REGISTRY_MODULE_ROLE',
  // systems of earlier versions
  'REGISTRAR_ROLE',
  'REGISTRAR_ADMIN_ROLE',
  'CLAIM_MANAGER_ROLE',
  'DEPLOYER_ROLE',
  'IMPLEMENTATION_MANAGER_ROLE',
  'STORAGE_MODIFIER_ROLE',
  'REGISTRY_MANAGER_ROLE',
  'BYPASS_LIST_MANAGER_ROLE',
  'BYPASS_LIST_MANAGER_ADMIN_ROLE',
  // tokens
  'GOVERNANCE_ROLE',
  'SUPPLY_MANAGEMENT_ROLE',
  'CUSTODIAN_ROLE',
  'EMERGENCY_ROLE',
] as const;

const BY_ID: ReadonlyMap<string, string> = new Map([
  [DEFAULT_ADMIN, 'DEFAULT_ADMIN_ROLE'],
  ...NAMES.map((name) => [id(name), name] as const),
]);

/** The role's name; its id where that is of no role known. */
export function roleName(role: string): string {
  return BY_ID.get(role.toLowerCase()) ?? role;
}
