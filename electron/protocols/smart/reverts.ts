/** SMART reverts in words: the reason a token failed, and what to do about it. */
import { plainText } from '../../../shared/plain-text.ts';
import type { Hex } from '../../../shared/values.ts';
import type { RevertedCall, RevertExplained } from '../recovery-protocol.ts';
import { smartAbi } from './abi.ts';

const PROCEDURE = 'follow your own operating procedure for tokens that could not be recovered';

/** Characters of raw revert bytes that are shown: enough for a selector and its first words. */
const LONGEST_REVERT = 266;

interface Decoded {
  readonly name: string;
  readonly args: readonly unknown[];
}

function decode(revert: Hex): Decoded | null {
  try {
    const parsed = smartAbi.parseError(revert);
    return parsed === null ? null : { name: parsed.name, args: parsed.args.toArray() };
  } catch {
    return null;
  }
}

function unknown(message: string, remedy: string): RevertExplained {
  return { reason: 'UNKNOWN', message, remedy };
}

function unauthorized(step: RevertedCall): RevertExplained {
  if (step.right === 'custodian') {
    return {
      reason: 'CUSTODIAN_PERMISSION_MISSING',
      message: `The operator ${step.signer} does not hold the custodian right on this token.`,
      remedy:
        'Have the token administrator grant CUSTODIAN_ROLE, or have a custodian of it retry this token.',
    };
  }
  if (step.right === 'holder') {
    return unknown(
      `The token does not let the replacement wallet ${step.signer} recover by itself.`,
      'Have a custodian of the token retry it: make a plan anew, without the holder’s way.',
    );
  }
  return unknown(
    `The operator ${step.signer} lacks the right for this step.`,
    'Have the platform administrator grant the identity manager role, then resume.',
  );
}

/** The revert bytes of a step's call, decoded; raw where they are of no known error. */
export function explainSmartRevert(step: RevertedCall, revert: Hex, message: string): RevertExplained {
  const decoded = decode(revert);
  switch (decoded?.name) {
    case 'AccessControlUnauthorizedAccount':
      return unauthorized(step);
    case 'TokenPaused':
      return {
        reason: 'TOKEN_PAUSED',
        message: 'The token is paused by its issuer.',
        remedy: 'Ask the token administrator to unpause it, then retry this token.',
      };
    case 'NoTokensToRecover':
      return {
        reason: 'NO_RECOVERABLE_TOKENS',
        message: 'The lost wallet holds none of this token.',
        remedy: `Check the history of the lost wallet on this token; ${PROCEDURE}.`,
      };
    case 'InvalidLostWallet':
      return unknown(
        'The token does not accept the replacement: the lost wallet is not linked to it.',
        'Run a new preview: it shows to which wallet the lost one is linked.',
      );
    case 'InvalidClaim':
      return unknown(
        'The issuer’s contract does not take the signature of the claim for its own.',
        'Check that the key of this operator is a claim signer key of the issuer’s contract, then issue the claim again.',
      );
    case 'SenderLacksClaimSignerKey':
      return unknown(
        'The identity takes no claim from this issuer: it is not trusted for this topic.',
        'Have the platform administrator add the issuer for this topic, then issue the claim again.',
      );
    case 'SenderLacksActionKey':
      return unknown(
        `The key of ${step.signer} may not act for the issuer’s contract.`,
        'Have a manager of the issuer’s contract add it as an action key, then issue the claim again.',
      );
    case 'SenderAddressFrozen':
    case 'RecipientAddressFrozen':
      return unknown(
        'The wallet is frozen on this token.',
        'Ask the custodian of the token who set the freeze, and to lift it where nobody needs it.',
      );
    case 'ComplianceCheckFailed':
      return unknown(
        `The token's compliance rules refused: ${plainText(String(decoded.args[0]))}.`,
        `Ask the token administrator when or how the rule allows it, then retry this token; ${PROCEDURE}.`,
      );
    case 'Error':
      return unknown(
        `The contract refused: ${plainText(String(decoded.args[0]))}.`,
        `Ask the token administrator about this refusal, then retry; ${PROCEDURE}.`,
      );
    case undefined:
      return unknown(
        revert === '0x'
          ? `The contract refused without a reason (${message}).`
          : `The contract refused with ${revert.length > LONGEST_REVERT ? `${revert.slice(0, LONGEST_REVERT)}…` : revert}.`,
        `Give this refusal to the token administrator, then retry; ${PROCEDURE}.`,
      );
    default:
      return unknown(
        `The contract refused: ${decoded?.name ?? ''}(${plainText((decoded?.args ?? []).map(String).join(', '))}).`,
        `Give this refusal to the token administrator, then retry; ${PROCEDURE}.`,
      );
  }
}
