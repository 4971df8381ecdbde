/** Search over ten thousand people, answered by main, against a bare indexed query for the same people. */
import type { SearchInput } from '../../shared/people-views.ts';
import { withoutKeychain } from '../support/desk-policy.ts';
import { openHands, setUpAndSignIn } from '../support/window-hands.ts';
import type { Hands } from '../support/window-hands.ts';
import { openBareSearch } from './bare-search.ts';
import type { BareSearch } from './bare-search.ts';
import { median, ms, plain, ratio, ROUNDS } from './figures.ts';
import type { Part } from './figures.ts';
import { PEOPLE } from './people.ts';
import type { People } from './people.ts';

const MOST = 3;
/** As many as the window asks for at once. */
const LIMIT = 250;
/** Of each search in a round. */
const REPEATS = 20;

/** What people type, letter by letter. */
export function searchesFor({ list }: People): Readonly<Record<string, string>> {
  const somebody = list[4_321] ?? list[0];
  return {
    nothing: '',
    'two letters': 'ta',
    'a name that many have': 'tanaka',
    'three letters of a name': 'ber',
    'a first and a last name': list[77]?.name?.toLowerCase() ?? '',
    'an id': somebody?.id.toLowerCase() ?? '',
    'the end of an id': '345',
    'the beginning of a wallet': somebody?.wallets[0]?.slice(0, 8).toLowerCase() ?? '0xabcdef',
    'a whole wallet': somebody?.wallets[0]?.toLowerCase() ?? '',
    'nobody’s name': 'zzyzx',
  };
}

export function searchInput(text: string): SearchInput {
  return { text, state: null, sort: 'name', direction: 'ascending', offset: 0, limit: LIMIT };
}

async function signIn(hands: Hands, { operator }: People): Promise<void> {
  await hands.bench.start();
  await setUpAndSignIn(hands, operator);
}

/** Of so many runs the median, in milliseconds. */
async function timed(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return median(times);
}

interface Measured {
  readonly search: string;
  readonly text: string;
  readonly found: number;
  readonly rows: number;
  readonly main: number;
  readonly bare: number;
}

async function measured(hands: Hands, bare: BareSearch, search: string, text: string): Promise<Measured> {
  const query = { text, limit: LIMIT };
  const answer = await hands.get('participants.search', searchInput(text));
  const same = bare.search(query);
  if (answer.known !== PEOPLE || answer.found !== same.found || answer.rows.length !== same.rows.length) {
    throw new Error(`${text}: main finds ${String(answer.found)}, the bare query ${String(same.found)}`);
  }
  const rounds: { main: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const main = await timed(() => hands.ask('participants.search', searchInput(text)));
    rounds.push({ main, bare: await timed(() => bare.search(query)) });
  }
  return {
    search,
    text,
    found: answer.found,
    rows: answer.rows.length,
    main: median(rounds.map((one) => one.main)),
    bare: median(rounds.map((one) => one.bare)),
  };
}

export async function benchSearch(people: People): Promise<Part> {
  const data = people.dataFolder('searched');
  withoutKeychain(data);
  const hands = openHands({ data });
  const bare = openBareSearch(people.list);
  try {
    await signIn(hands, people);
    const searches = Object.entries(searchesFor(people));
    const all: Measured[] = [];
    for (const [search, text] of searches) all.push(await measured(hands, bare, search, text));
    return {
      name: `Search over ${String(PEOPLE)} people, answered by main`,
      figures: all.flatMap((one) => [
        plain(
          `${one.search}: ${String(one.rows)} of ${String(one.found)}`,
          `${ms(one.main)} / ${ms(one.bare)}`,
        ),
        ratio('main over the bare query', one.main / one.bare, MOST),
      ]),
      remarks: [],
      measured: all,
    };
  } finally {
    bare.close();
    await hands.close();
  }
}
