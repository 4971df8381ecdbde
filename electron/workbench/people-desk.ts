/** The people of the site that is worked on: searched, shown, and with their recoveries. */
import type {
  ParticipantDetail,
  RecoverySummary,
  SearchInput,
  SearchResult,
  SubjectKey,
} from '../../shared/people-views.ts';
import type { Participant } from '../../shared/participant.ts';
import { everybody } from '../participants/everybody.ts';
import { historyOf } from './history.ts';
import type { History } from './history.ts';
import type { SignedIn } from './signed-in.ts';
import { participantDetail } from './participant-detail.ts';
import { peopleIndex } from './people-index.ts';
import type { PeopleIndex } from './people-index.ts';
import { notConnected } from './refusals.ts';
import type { Site } from './site.ts';

export interface PeopleDesk {
  search(input: SearchInput): Promise<SearchResult>;
  detail(key: SubjectKey, operator: SignedIn | null): Promise<ParticipantDetail>;
  history(): Promise<RecoverySummary[]>;
  /** What recoveries did to people may be another by now. */
  changed(): void;
  /** So may the people themselves. */
  peopleChanged(): void;
}

interface Built {
  readonly history: History;
  readonly index: PeopleIndex;
}

/** Those of the directory; on sites without one, those that the desk recovered. */
async function peopleOf({ directory, records, connection }: Site): Promise<readonly Participant[]> {
  const listed = directory();
  if (listed === null) {
    const { people } = connection.context;
    const strangers = records.journal
      .list()
      .map((row) => [row.participantId, people.fromChain(row.lostWallet, null)] as const);
    return [...new Map(strangers).values()];
  }
  const all: Participant[] = [];
  for await (const page of everybody(listed)) all.push(...page);
  return all;
}

function build({ records, connection }: Site, people: readonly Participant[]): Built {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return {
    history: historyOf(records, (id) => names.get(id) ?? null),
    index: peopleIndex(people, records.journal.list(), (wallet) =>
      connection.context.people.fromChain(wallet, null),
    ),
  };
}

/** Made when it is first asked for, by whoever asks; what failed is made anew for the next. */
interface Made<T> {
  readonly site: Site;
  readonly value: Promise<T>;
}

export function createPeopleDesk(siteNow: () => Site | null): PeopleDesk {
  let listed: Made<readonly Participant[]> | null = null;
  let built: Made<Built> | null = null;
  const listOf = (site: Site): Promise<readonly Participant[]> => {
    if (listed?.site === site) return listed.value;
    const made = { site, value: peopleOf(site) };
    listed = made;
    made.value.catch(() => {
      if (listed === made) listed = null;
    });
    return made.value;
  };
  const builtFor = (site: Site): Promise<Built> => {
    if (built?.site === site) return built.value;
    const made = { site, value: listOf(site).then((people) => build(site, people)) };
    built = made;
    made.value.catch(() => {
      if (built === made) built = null;
    });
    return made.value;
  };
  const now = (): Site => {
    const site = siteNow();
    if (site === null) throw notConnected();
    return site;
  };
  return {
    search: async (input) => (await builtFor(now())).index.search(input),
    async detail(key, operator) {
      const site = now();
      return participantDetail(site, (await builtFor(site)).history, operator, key);
    },
    history: async () => (await builtFor(now())).history.list(),
    changed() {
      built = null;
      // Recoveries link people to other wallets, and without a directory they are who is known; a file stays as it is.
      // The site is not asked: it may have been left, and its records closed.
      if (listed?.site.participantsFile === null) listed = null;
    },
    peopleChanged() {
      built = null;
      listed = null;
    },
  };
}
