/** What a browser keeps of a site, without a page: its cookies, which it can also be made to keep as they are. */
export interface BrowserAnswer {
  readonly status: number;
  /** Parsed JSON; the text where it is none. */
  readonly body: unknown;
}

export class Browser {
  readonly #url: string;
  readonly #cookies: Map<string, string>;
  #frozen = false;

  constructor(url: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.#url = url;
    this.#cookies = new Map(cookies);
  }

  /** A thief's copy: it sends these cookies for ever, whatever the site says of them. */
  stolen(): Browser {
    const copy = new Browser(this.#url, this.#cookies);
    copy.#frozen = true;
    return copy;
  }

  /** As `stolen`, of the cookies that are named alone. */
  stolenOnly(...names: readonly string[]): Browser {
    const kept = [...this.#cookies].filter(([name]) => names.includes(name));
    const copy = new Browser(this.#url, new Map(kept));
    copy.#frozen = true;
    return copy;
  }

  /** A copy that goes on like a browser. */
  copy(): Browser {
    return new Browser(this.#url, this.#cookies);
  }

  cookie(name: string): string {
    const value = this.#cookies.get(name);
    if (value === undefined)
      throw new Error(`there is no cookie ${name}: ${[...this.#cookies.keys()].join(', ')}`);
    return value;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<BrowserAnswer> {
    return this.#send('GET', path, undefined, headers);
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<BrowserAnswer> {
    return this.#send('POST', path, body, headers);
  }

  async #send(
    method: string,
    path: string,
    body: object | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<BrowserAnswer> {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.#url + path, {
      method,
      redirect: 'manual',
      headers: {
        origin: new URL(this.#url).origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookies === '' ? {} : { cookie: cookies }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!this.#frozen) answer.headers.getSetCookie().forEach((line) => this.#keep(line));
    const text = await answer.text();
    return { status: answer.status, body: parsed(text) };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (/max-age=0(?:;|$)/iu.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(at + 1));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
