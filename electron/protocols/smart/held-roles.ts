/** Roles that a wallet holds on a SMART system and on its tokens (OpenZeppelin's AccessControl). */
import type { Address } from '../../../shared/address.ts';
import { plainText } from '../../../shared/plain-text.ts';
import type { HeldRight } from '../../../shared/preview.ts';
import type { PinnedReader } from '../../chain/types.ts';
import type { ChainView } from '../recovery-protocol.ts';
import { addressAnswer, addressTopic, boolAnswer, call, eventTopic, textAnswer } from './abi.ts';
import type { SmartParts } from './parts.ts';
import { roleName } from './role-names.ts';

/** Longest text taken from a chain. */
const LONGEST_TEXT = 64;

/** A contract whose word on who holds a role counts here. */
type Authority = Pick<HeldRight, 'kind' | 'onName'>;

/** Every contract of the system but the wallet factory: that one the profile names, and no system. */
function systemContracts({ walletFactory: _beside, ...parts }: SmartParts): readonly Address[] {
  return Object.values(parts);
}

/** Tokens, and the access managers that they name; of a manager of several tokens, all of them are told. */
async function tokenAuthorities(
  reader: PinnedReader,
  tokens: readonly Address[],
): Promise<ReadonlyMap<Address, Authority>> {
  const answers = await reader.calls(
    tokens.flatMap((token) => [call(token, 'accessManager'), call(token, 'symbol')]),
  );
  const names = new Map<Address, string[]>();
  tokens.forEach((token, index) => {
    const manager = addressAnswer('accessManager', answers[2 * index]);
    const name = plainText(textAnswer('symbol', answers[2 * index + 1]) ?? token, LONGEST_TEXT);
    for (const authority of new Set(manager === null ? [token] : [token, manager]))
      names.set(authority, [...(names.get(authority) ?? []), name]);
  });
  return new Map(
    [...names].map(([authority, on]) => [authority, { kind: 'token_role', onName: on.join(', ') }]),
  );
}

/**
 * The logs say only whom to ask, for anybody can emit them: a role counts where a contract of the system, a token or the
 * access manager of a token says at the view's block that the wallet holds it.
 */
export async function heldRoles(
  view: ChainView,
  parts: SmartParts,
  wallet: Address,
  tokens: readonly Address[],
): Promise<readonly HeldRight[]> {
  const granted = await view.scan(`roles-of:${wallet}`, {
    topics: [eventTopic('RoleGranted'), null, addressTopic(wallet)],
  });
  if (granted.length === 0) return [];
  const authorities = new Map<Address, Authority>([
    ...(await tokenAuthorities(view.reader, tokens)),
    ...systemContracts(parts).map((one) => [one, { kind: 'system_role', onName: 'the system' }] as const),
  ]);
  const asked = new Map(
    granted.flatMap(({ address: on, topics: [, role] }) => {
      const authority = authorities.get(on);
      return authority === undefined || role === undefined
        ? []
        : [[`${on}:${role}`, { ...authority, on, role }] as const];
    }),
  );
  const roles = [...asked.values()];
  const answers = await view.reader.calls(roles.map(({ on, role }) => call(on, 'hasRole', [role, wallet])));
  return roles.flatMap(({ kind, on, onName, role }, index) =>
    boolAnswer('hasRole', answers[index]) === true ? [{ kind, on, onName, right: roleName(role) }] : [],
  );
}
