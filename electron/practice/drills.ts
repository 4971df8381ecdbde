/** Named drills: a practice person each, and what is to be learnt with them. */
import type { Drill } from '../../shared/desk-state.ts';
import { toAddress } from '../../shared/address.ts';
import { LEFT_BEHIND_PERSON, SEVERAL_WALLETS_PERSON } from './people.ts';
import { holderWallet } from './practice-holder.ts';
import type { PracticeSeed } from './practice-seed.ts';

interface DrillSeed {
  readonly person: string;
  readonly title: string;
  readonly expect: string;
}

const DRILLS: readonly DrillSeed[] = [
  {
    person: 'jonas-weir',
    title: 'A plain loss',
    expect: 'Everything recovers. Learn the way through the steps, and what must follow.',
  },
  {
    person: 'maren-holt',
    title: 'Three tokens that fail',
    expect:
      'One token is paused, one lacks your right, one is locked up: the other nine recover all the same.',
  },
  {
    person: 'luca-ferri',
    title: 'A thief has the key',
    expect:
      'Choose "Somebody else may have the key": the lost wallet is frozen before anything else happens.',
  },
  {
    person: 'dora-kessler',
    title: 'A frozen wallet',
    expect: 'A freeze may be a legal hold: you are asked under which reference somebody answered for it.',
  },
  {
    person: 'henrik-solberg',
    title: 'A recovery that was cut off',
    expect: 'The link stands already. With the same replacement the plan adopts it and does what is left.',
  },
  {
    person: 'aiko-tanaka',
    title: 'The second loss',
    expect: 'A wallet that was itself a replacement is lost: it recovers like any other.',
  },
  {
    person: SEVERAL_WALLETS_PERSON,
    title: 'Two wallets lost, one in use',
    expect:
      'You say of each other wallet whether it is lost too or moves along. Each lost one gets a replacement.',
  },
  {
    person: LEFT_BEHIND_PERSON,
    title: 'A token left behind',
    expect: 'A wallet lost before still holds a token: it is taken along its standing link.',
  },
  {
    person: 'petra-lindqvist',
    title: 'A wallet nobody registered',
    expect: 'A blocker stops you, and says what to check first.',
  },
  {
    person: 'odile-marchand',
    title: 'Recovered to somewhere else',
    expect: 'The wallet is linked to another one already: find out who did it before you do anything.',
  },
  {
    person: 'ines-barragan',
    title: 'Nobody recovers themselves',
    expect: 'You are the person: another identity manager must do it.',
  },
  {
    person: 'samir-haddad',
    title: 'A person without a wallet',
    expect: 'There is nothing to recover, and the desk says why.',
  },
];

/** The drills that the seeded network has people for. */
export function drillsOf(seed: PracticeSeed): Drill[] {
  return DRILLS.flatMap(({ person: id, title, expect }) => {
    const person = seed.people.find((candidate) => candidate.id === id);
    return person === undefined
      ? []
      : [
          {
            participantId: id,
            title,
            person: person.name,
            purpose: person.purpose,
            expect,
            holderWallet: toAddress(holderWallet(person)),
          },
        ];
  });
}
