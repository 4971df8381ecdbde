/** Named drills: a practice person each, and what is to be learnt with them. */
import { DRILL_TITLES } from '../../shared/drill-titles.ts';
import type { DrillTitle } from '../../shared/drill-titles.ts';
import type { Drill } from '../../shared/desk-state.ts';
import { toAddress } from '../../shared/address.ts';
import { LEFT_BEHIND_PERSON, SEVERAL_WALLETS_PERSON } from './people.ts';
import { holderWallet } from './practice-holder.ts';
import type { PracticeSeed } from './practice-seed.ts';

interface DrillSeed {
  readonly person: string;
  readonly expect: string;
}

const DRILLS: Readonly<Record<DrillTitle, DrillSeed>> = {
  'A plain loss': {
    person: 'jonas-weir',
    expect: 'Everything recovers. Learn the way through the steps, and what must follow.',
  },
  'Three tokens that fail': {
    person: 'maren-holt',
    expect:
      'One token is paused, one lacks your right, one is locked up: the other nine recover all the same.',
  },
  'A thief has the key': {
    person: 'luca-ferri',
    expect:
      'Choose "Somebody else may have the key": the lost wallet is frozen before anything else happens.',
  },
  'A frozen wallet': {
    person: 'dora-kessler',
    expect: 'A freeze may be a legal hold: you are asked under which reference somebody answered for it.',
  },
  'A recovery that was cut off': {
    person: 'henrik-solberg',
    expect: 'The link stands already. With the same replacement the plan adopts it and does what is left.',
  },
  'The second loss': {
    person: 'aiko-tanaka',
    expect: 'A wallet that was itself a replacement is lost: it recovers like any other.',
  },
  'Two wallets lost, one in use': {
    person: SEVERAL_WALLETS_PERSON,
    expect:
      'You say of each other wallet whether it is lost too or moves along. Each lost one gets a replacement.',
  },
  'A token left behind': {
    person: LEFT_BEHIND_PERSON,
    expect: 'A wallet lost before still holds a token: it is taken along its standing link.',
  },
  'A wallet nobody registered': {
    person: 'petra-lindqvist',
    expect: 'A blocker stops you, and says what to check first.',
  },
  'Recovered to somewhere else': {
    person: 'odile-marchand',
    expect: 'The wallet is linked to another one already: find out who did it before you do anything.',
  },
  'Nobody recovers themselves': {
    person: 'ines-barragan',
    expect: 'You are the person: another identity manager must do it.',
  },
  'A person without a wallet': {
    person: 'samir-haddad',
    expect: 'There is nothing to recover, and the desk says why.',
  },
};

/** The drills that the seeded network has people for. */
export function drillsOf(seed: PracticeSeed): Drill[] {
  return DRILL_TITLES.flatMap((title) => {
    const { person: id, expect } = DRILLS[title];
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
