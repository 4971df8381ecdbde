/** What the directory says of a person's access, in words: how much there is, and what a recovery does about it. */
import { survivorWords } from '../../../shared/survivor-words.ts';
import type { AccessKind, Capability, DirectoryFacts } from '../../../shared/directory.ts';

export interface AccessLine {
  readonly kind: AccessKind;
  readonly title: string;
  readonly sign: 'can' | 'partly' | 'cannot';
  readonly words: string;
}

const TITLES: Readonly<Record<AccessKind, string>> = {
  sessions: 'Sessions',
  second_factors: 'Second factors',
  passkeys: 'Passkeys',
  api_keys: 'API keys',
  wallet_verifications: 'Wallet PINs and codes',
};

const KINDS: readonly AccessKind[] = [
  'sessions',
  'second_factors',
  'passkeys',
  'api_keys',
  'wallet_verifications',
];

function doneAbout(capability: Capability): string {
  switch (capability.can) {
    case 'can':
      return 'a recovery takes them away';
    case 'partly':
      return `a recovery takes them away in part: ${survivorWords(capability.survives, capability.until)}`;
    case 'cannot':
      return capability.why;
    default:
      return capability satisfies never;
  }
}

const ELSEWHERE = 'no directory of sign-ins is connected: ask where the person signs in';

/** @param facts null where there is no directory. */
export function accessLines(facts: DirectoryFacts | null): readonly AccessLine[] {
  return KINDS.map((kind): AccessLine => {
    const title = TITLES[kind];
    if (facts === null) return { kind, title, sign: 'cannot', words: ELSEWHERE };
    if (!facts.answers) return { kind, title, sign: 'cannot', words: facts.message };
    const count = facts.access?.[kind] ?? null;
    const known = count === null ? '' : `${count}; `;
    const capability = facts.capabilities[kind];
    return { kind, title, sign: capability.can, words: `${known}${doneAbout(capability)}` };
  });
}
