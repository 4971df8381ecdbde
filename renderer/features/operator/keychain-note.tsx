import type { ReactElement } from 'react';
import type { SignInWays } from '../../../shared/desk-state.ts';
import { NoteList } from '../../components/note-list.tsx';
import type { Note } from '../../components/note-list.tsx';
import { needsKeychain } from './operator-draft.ts';
import type { OperatorDraft } from './operator-draft.ts';

export interface KeychainNoteProps {
  readonly draft: Pick<OperatorDraft, 'signIn' | 'place'>;
  readonly ways: Pick<SignInWays, 'keychainProblem' | 'withoutKeychain'>;
}

/** Where the keychain of this machine cannot be used: why, what to do about it, and what that means for this operator. */
export function KeychainNote({ draft, ways }: KeychainNoteProps): ReactElement | null {
  const { keychainProblem: problem, withoutKeychain } = ways;
  if (problem === null || !needsKeychain(draft)) return null;
  return (
    <NoteList
      tone={withoutKeychain ? 'warning' : 'blocker'}
      notes={[problem, withoutKeychain ? PASSPHRASE_ALONE : NOT_HERE]}
    />
  );
}

const PASSPHRASE_ALONE: Note = {
  code: 'PASSPHRASE_ALONE',
  message: 'The policy of this desk allows it all the same: what is kept opens with the passphrase alone.',
  remedy: 'Whoever copies this disk can then try passphrases at leisure: choose a long one.',
};

const NOT_HERE: Note = {
  code: 'VAULT_NEEDS_KEYCHAIN',
  message: 'As it is, such an operator cannot be set up here: the policy of this desk asks for the keychain.',
  remedy: 'Mend the keychain first, then come back.',
};
