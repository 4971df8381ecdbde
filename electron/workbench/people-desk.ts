/** The people of the site that is worked on: searched, shown, and with their recoveries. */
import type {
  ParticipantDetail,
  RecoverySummary,
  SearchInput,
  SearchResult,
  SubjectKey,
} from '../../shared/people-views.ts';
import { historyOf } from './history.ts';
import type { History } from './history.ts';
import type { SignedIn } from './signed-in.ts';
import { participantDetail } from './participant-detail.ts';
import { peopleIndex } from './people-index.ts';
import type { PeopleIndex } from './people-index.ts';
import { notConnected } from './refusals.ts';
import type { Site } from './site.ts';

export interface PeopleDesk {
  search(input: SearchInput): SearchResult;
  detail(key: SubjectKey, operator: SignedIn | null): Promise<ParticipantDetail>;
  history(): RecoverySummary[];
  /** What recoveries did to people may be another by now. */
  changed(): void;
}

interface Built {
  readonly site: Site;
  readonly history: History;
  readonly index: PeopleIndex;
}

function build(site: Site): Built {
  const { directory, records, connection } = site;
  const recoveries = records.journal.list();
  const { people } = connection.context;
  const strangers = new Map(
    recoveries.map((row) => [row.participantId, people.fromChain(row.lostWallet, null)] as const),
  );
  return {
    site,
    history: historyOf(records, (id) => directory?.get(id)?.name ?? null),
    index: peopleIndex(directory?.all() ?? [...strangers.values()], recoveries, (wallet) =>
      people.fromChain(wallet, null),
    ),
  };
}

export function createPeopleDesk(siteNow: () => Site | null): PeopleDesk {
  let built: Built | null = null;
  const now = (): Built => {
    const site = siteNow();
    if (site === null) throw notConnected();
    if (built?.site !== site) built = build(site);
    return built;
  };
  return {
    search: (input) => now().index.search(input),
    detail: (key, operator) => participantDetail(now().site, now().history, operator, key),
    history: () => now().history.list(),
    changed() {
      built = null;
    },
  };
}
