/**
 * The SMART family (CHAIN A): everything from the system address. This room reads and encodes; it must never send,
 * sign, or carry an address that was not read from the chain or handed in.
 */
import { DeskError } from '../../../shared/errors.ts';
import type { RecoveryProtocol } from '../recovery-protocol.ts';
import { issuerKeys, topicIssuers } from './claim-issuers.ts';
import { claimOrder } from './claim-order.ts';
import { claimFacts } from './claims.ts';
import { smartExecutions } from './executions.ts';
import { findParts } from './parts.ts';
import { recoveredAmount, smartPostconditions } from './postconditions.ts';
import { explainSmartRevert } from './reverts.ts';
import { accountOf, lostFrom, onceRegisteredWith, recoveredTo, registeredWith } from './registrations.ts';
import { rightsOf } from './rights.ts';
import { smartSteps, smartTypicalGas } from './steps.ts';
import { holderChecks, tokenNeeds } from './token-needs.ts';
import { findTokens, foreignHoldings, holdings, systemTokens, tokenFacts } from './tokens.ts';
import { isIdentityManager, linkedAt, predictIdentity, walletRecords } from './wallets.ts';

export const smartProtocol: RecoveryProtocol = {
  kind: 'smart',
  async openSystem(reader, profile) {
    const system = profile.system;
    if (system === undefined) {
      throw new DeskError('PROFILE_INVALID', {
        message: 'The network profile names no system.',
        remedy: 'Add "system": the address of the SMART system contract.',
        retry: 'never',
      });
    }
    const found = await findParts(reader, system);
    const { walletFactory } = profile;
    const parts = walletFactory === undefined ? found : { ...found, walletFactory };
    return {
      system,
      parts,
      identityManager: (at, account) => isIdentityManager(at, parts, account),
      wallets: (at, wallets) => walletRecords(at, parts, wallets),
      predictIdentity: (at, wallet) => predictIdentity(at, parts, wallet),
      accountOf: (at, owner) => accountOf(at, parts, owner),
      registeredWith: (view, identity, known) => registeredWith(view, parts, identity, known),
      onceRegisteredWith,
      lostFrom: (view, lost) => lostFrom(view, parts, lost),
      recoveredTo: (view, wallet) => recoveredTo(view, parts, wallet),
      rightsOf: (view, wallet, tokens, except) => rightsOf(view, parts, wallet, tokens, except),
      findTokens: (view, wallet, listed) => findTokens(view, parts, wallet, listed),
      systemTokens: (view, listed) => systemTokens(view, parts, listed),
      tokens: tokenFacts,
      holdings,
      foreignHoldings,
      claims: (view, identity) => claimFacts(view, parts, identity),
      claiming: {
        needs: tokenNeeds,
        issuers: (at, topics) => topicIssuers(at, parts, topics),
        keys: issuerKeys,
        order: claimOrder,
        holder: (at, needs, wallet) => holderChecks(at, parts, needs, wallet),
      },
      linkedAt: (view, lost, replacement) => linkedAt(view, parts, lost, replacement),
      steps: (input) => smartSteps(parts, input),
      typicalGas: smartTypicalGas,
      postconditions: (view, steps, link) => smartPostconditions(view, parts, steps, link),
      executions: (view, steps, link) => smartExecutions(view, parts, steps, link),
      explainRevert: explainSmartRevert,
      amountMoved: recoveredAmount,
    };
  },
};
