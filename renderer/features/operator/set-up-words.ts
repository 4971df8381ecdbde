/** What is told to who sets an operator up: the choices, and what the small window will ask for. */
import type { SignInWays } from '../../../shared/desk-state.ts';
import type { Choice } from '../../components/choice-cards.tsx';
import type { KeySource, OperatorDraft } from './operator-draft.ts';

export const PLACES: readonly Choice<NonNullable<OperatorDraft['place']>>[] = [
  {
    value: 'keystore',
    title: 'On this machine',
    words: 'The desk keeps the key, locked by their passphrase and the keychain of this machine together.',
  },
  {
    value: 'remote',
    title: 'In a remote signer',
    words: 'A server of your team keeps the key and signs what the desk asks it to, over a secured line.',
  },
  {
    value: 'ledger',
    title: 'In a Ledger',
    words: 'The key stays in the device. They look at each transaction on it and press its buttons.',
  },
  {
    value: 'export',
    title: 'In a Safe or custody platform',
    words: 'The desk hands the calls out to be signed there, and watches the chain until they are through.',
  },
];

export const SOURCES: readonly Choice<KeySource>[] = [
  { value: 'file', title: 'A keystore file', words: 'A file with a locked key, and its passphrase.' },
  { value: 'key', title: 'A private key', words: 'Pasted once. 64 characters of 0 to 9 and a to f.' },
  {
    value: 'phrase',
    title: 'A recovery phrase',
    words: '12 to 24 words, and the path of the account in it.',
  },
  {
    value: 'new',
    title: 'A new key made here',
    words: 'Its address has no right yet: whoever gives out the roles of the network has to give it one.',
  },
];

/** What a description of a remote signer holds, by its entries. */
export const SIGNER_FILE: readonly { readonly entry: string; readonly words: string }[] = [
  { entry: 'url', words: 'Where the signer is reached. It begins with https://' },
  { entry: 'address', words: 'The address that it signs for' },
  {
    entry: 'certFile',
    words: 'File with the certificate by which the signer knows this desk, if it asks for one',
  },
  { entry: 'keyFile', words: 'File with the key of that certificate' },
  {
    entry: 'caFile',
    words: 'File with the certificate of the authority that the signer is known by, if that is no public one',
  },
];

export function waysToSignIn(ways: SignInWays): readonly Choice<OperatorDraft['signIn']>[] {
  const code = ways.codeRequired
    ? 'The policy of this desk asks for a one-time code of an authenticator app, too.'
    : 'A one-time code of an authenticator app can be added later, in the settings.';
  return [
    ...(ways.passphrase
      ? [{ value: 'passphrase' as const, title: 'With a passphrase', words: `Of this desk alone. ${code}` }]
      : []),
    ...(ways.oidc === null
      ? []
      : [
          {
            value: 'oidc' as const,
            title: 'At the identity provider of the team',
            words: `At ${ways.oidc}, in the browser of this machine.`,
          },
        ]),
  ];
}

const ASKED_OF_KEY: Readonly<Record<KeySource, string>> = {
  file: 'The keystore file, and the passphrase that it has now.',
  key: 'The private key, pasted into the small window.',
  phrase: 'The recovery phrase and the path of the account, typed into the small window.',
  new: 'Nothing for the key: the desk makes it. Your address stands in the settings once you are signed in.',
};

function askedOfKey({ place, from }: OperatorDraft): readonly string[] {
  switch (place) {
    case null:
    case 'export':
      return [];
    case 'keystore':
      return from === null ? [] : [ASKED_OF_KEY[from]];
    case 'remote':
      return ['The file that describes the signer.'];
    case 'ledger':
      return ['The Ledger, plugged in and unlocked, with its Ethereum app open.'];
  }
}

function askedOfSignIn({ signIn, place }: OperatorDraft, ways: SignInWays): readonly string[] {
  if (signIn === 'passphrase') {
    return [
      'A new passphrase for this desk, typed twice.',
      ...(ways.codeRequired
        ? ['An authenticator app: the small window shows a code to scan, and ten recovery codes, once.']
        : []),
    ];
  }
  return [
    `A login at ${ways.oidc ?? 'the identity provider'} in your browser, so that the desk knows you there.`,
    ...(place === 'keystore' ? ['A new passphrase for the key, typed twice.'] : []),
  ];
}

/** What to have at hand: asked for in the small window, in file dialogs and in the browser. */
export function toHaveAtHand(draft: OperatorDraft, ways: SignInWays): readonly string[] {
  return [...askedOfKey(draft), ...askedOfSignIn(draft, ways)];
}
