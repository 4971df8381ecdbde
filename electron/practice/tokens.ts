/** The tokens of the practice network, and what each is there to show. Names are invented. */
import type { TokenFailureReason } from '../../shared/phases.ts';

export const TOKEN_KINDS = ['bond', 'equity', 'fund', 'deposit', 'stablecoin'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** What stands in the way of recovering this token, if anything. */
export type TokenCondition = 'plain' | 'paused' | 'operator_is_no_custodian' | 'lock_up';

export interface PracticeTokenSeed {
  readonly symbol: string;
  readonly name: string;
  readonly kind: TokenKind;
  readonly decimals: number;
  readonly condition: TokenCondition;
  /** Claim topics that a receiver of this token needs. */
  readonly requiredTopics: readonly ClaimTopic[];
  /** The failure that it is there for. */
  readonly shows: TokenFailureReason | null;
}

/** Names of claim topics as the topic scheme registry has them. */
export const CLAIM_TOPICS = ['knowYourCustomer', 'antiMoneyLaundering', 'accreditedInvestor'] as const;
export type ClaimTopic = (typeof CLAIM_TOPICS)[number];

const KYC = ['knowYourCustomer'] as const;
const KYC_AML = ['knowYourCustomer', 'antiMoneyLaundering'] as const;
const LOCK_UP_YEARS = 5n;
export const LOCK_UP_SECONDS = LOCK_UP_YEARS * 365n * 86_400n;

export const TOKENS: readonly PracticeTokenSeed[] = [
  token('NGB28', 'Nordgrün Green Bond 2028', 'bond', 0, KYC_AML),
  token('HLB30', 'Harbour Light Bond 2030', 'bond', 2, KYC, 'paused', 'TOKEN_PAUSED'),
  token('ALDE', 'Alderbrook Shares', 'equity', 0, KYC),
  token(
    'FENN',
    'Fennimore Class B Shares',
    'equity',
    0,
    KYC,
    'operator_is_no_custodian',
    'CUSTODIAN_PERMISSION_MISSING',
  ),
  token('MSTG', 'Mistral Growth Fund', 'fund', 8, KYC, 'lock_up', 'UNKNOWN'),
  token('QUAY', 'Quayside Property Fund', 'fund', 6, KYC),
  token('PIKE', 'Pikefield Income Fund', 'fund', 18, KYC),
  token('TESD', 'Tessel Term Deposit', 'deposit', 2, KYC),
  token('ORRN', 'Orrin Overnight Deposit', 'deposit', 6, KYC),
  token('EURQ', 'Quill Euro', 'stablecoin', 6, []),
  token('CHFQ', 'Quill Franc', 'stablecoin', 2, []),
  token('USDQ', 'Quill Dollar', 'stablecoin', 18, []),
  token('LUMC', 'Lumen Carbon Fund', 'fund', 8, KYC),
  token('VERD', 'Verdane Preferred Shares', 'equity', 18, KYC),
];

/** More plain tokens, for a person who holds many. */
export function bulkTokens(count: number): readonly PracticeTokenSeed[] {
  const decimals = [0, 2, 6, 8, 18];
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    const kind = TOKEN_KINDS[index % TOKEN_KINDS.length] ?? 'bond';
    return token(`P${number}`, `Practice Series ${number}`, kind, decimals[index % 5] ?? 0, []);
  });
}

function token(
  symbol: string,
  name: string,
  kind: TokenKind,
  decimals: number,
  requiredTopics: readonly ClaimTopic[],
  condition: TokenCondition = 'plain',
  shows: TokenFailureReason | null = null,
): PracticeTokenSeed {
  return { symbol, name, kind, decimals, condition, requiredTopics, shows };
}
