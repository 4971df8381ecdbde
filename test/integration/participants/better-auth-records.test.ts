/** People, wallets and bans in the records of a real Better Auth server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import { openBetterAuth } from '../../support/http-directory.ts';
import { startRealBetterAuth } from '../../support/real-better-auth.ts';
import type { RealBetterAuth } from '../../support/real-better-auth.ts';

let server: RealBetterAuth;
let next = 0;

beforeAll(async () => {
  server = await startRealBetterAuth();
});
afterAll(() => server.stop());

/** Mixed case, so that spellings differ. */
function freshWallet(): Address {
  next += 1;
  return toAddress(`0xabcdef${String(next).padStart(34, '0')}`);
}

function open(profile: object = {}, secret = server.adminSession): Promise<ParticipantDirectory> {
  return openBetterAuth(server, profile, secret);
}

async function asAdmin(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await server.adminBrowser.post(path, body);
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  return answer.body as Record<string, unknown>;
}

async function person(data: object = {}): Promise<string> {
  next += 1;
  const { id } = await server.signUp(`person-${next}@example.org`);
  if (Object.keys(data).length > 0) await asAdmin('/admin/update-user', { userId: id, data });
  return id;
}

async function recordOf(id: string): Promise<Record<string, unknown>> {
  return (await server.adminBrowser.get(`/admin/get-user?id=${id}`)).body as Record<string, unknown>;
}

describe('people', () => {
  it('are found by id, and nobody by an id that there is not', async () => {
    const wallet = freshWallet();
    const id = await person({ wallet, name: 'Ada\nLovelace' });
    const directory = await open();

    expect(await directory.get(id)).toEqual({
      id,
      name: 'Ada Lovelace',
      source: 'directory',
      wallets: [{ address: wallet, effective: true }],
    });
    expect(await directory.get('nobody')).toBeNull();
    await expect(directory.access('nobody')).rejects.toMatchObject({ code: 'PARTICIPANT_NOT_FOUND' });
    await expect(directory.holdSignIn('nobody')).rejects.toMatchObject({ code: 'PARTICIPANT_NOT_FOUND' });
  });

  it.each(['as it is', 'in lower case'])('are found by a wallet that was written %s', async (spelling) => {
    const wallet = freshWallet();
    const id = await person({ wallet: spelling === 'as it is' ? wallet : wallet.toLowerCase() });
    const directory = await open();

    expect(await directory.findByWallet(wallet)).toMatchObject({ id });
    expect(await directory.findByWallet(freshWallet())).toBeNull();
  });

  it('are found by a wallet on record as lost', async () => {
    const [lost, effective] = [freshWallet(), freshWallet()];
    const id = await person({ wallet: effective, lostWallets: `${freshWallet()},${lost}` });
    const directory = await open({ lostWalletsField: 'lostWallets' });

    expect(await directory.findByWallet(lost)).toMatchObject({
      id,
      wallets: expect.arrayContaining([{ address: lost, effective: false, lost: true }]),
    });
  });

  it('are not taken to be unknown where the profile names a field that there is not', async () => {
    const directory = await open({ walletField: 'ethereumAddress' });

    await expect(directory.findByWallet(freshWallet())).rejects.toMatchObject({
      code: 'DIRECTORY_GARBAGE',
      message: expect.stringContaining('no field "ethereumAddress"'),
    });
    await expect(directory.capabilities()).rejects.toMatchObject({ code: 'DIRECTORY_GARBAGE' });
  });

  it('are not told apart where two have one wallet', async () => {
    const wallet = freshWallet();
    await person({ wallet });
    await person({ wallet: wallet.toLowerCase() });
    const directory = await open();

    await expect(directory.findByWallet(wallet)).rejects.toMatchObject({
      code: 'DIRECTORY_GARBAGE',
      message: expect.stringContaining('more than one record'),
    });
  });

  it('are listed page by page, each once', async () => {
    const wanted: string[] = [];
    for (let count = 0; count < 5; count += 1) wanted.push(await person({ name: `Grace ${count}` }));
    const directory = await open();

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await directory.search({ text: 'grace', limit: 2, after });
      seen.push(...page.participants.map(({ id }) => id));
      after = page.after;
    } while (after !== null);

    expect(seen).toEqual(wanted);
  });

  it('are searched by part of an e-mail address, part of a wallet, or a whole id', async () => {
    const wallet = freshWallet();
    const id = await person({ wallet, email: 'curious@example.com' });
    const directory = await open();
    const found = async (text: string) =>
      (await directory.search({ text, limit: 10, after: null })).participants.map((one) => one.id);

    expect(await found('curious@')).toEqual([id]);
    expect(await found(wallet.slice(0, 41))).toContain(id);
    expect(await found(id)).toEqual([id]);
    expect(await found('nobody is called so')).toEqual([]);
  });
});

describe('the wallet of a record', () => {
  it('becomes the replacement, and the lost one stays, marked', async () => {
    const [lost, replacement] = [freshWallet(), freshWallet()];
    const id = await person({ wallet: lost });
    const directory = await open({ lostWalletsField: 'lostWallets' });

    const effect = await directory.linkWallet(id, { lost, replacement, effective: true });

    expect(effect).toEqual({ counts: { wallet_link: 1 }, survivors: [] });
    expect(await recordOf(id)).toMatchObject({ wallet: replacement, lostWallets: lost });
    expect((await directory.get(id))?.wallets).toEqual([
      { address: replacement, effective: true },
      { address: lost, effective: false, lost: true },
    ]);
    expect(await directory.findByWallet(lost)).toMatchObject({ id });
  });

  it('becomes the replacement, and it is told that the lost one has no place', async () => {
    const [lost, replacement] = [freshWallet(), freshWallet()];
    const id = await person({ wallet: lost });
    const directory = await open();

    const effect = await directory.linkWallet(id, { lost, replacement, effective: true });

    expect(effect.counts).toEqual({ wallet_link: 1 });
    expect(effect.survivors).toEqual([{ what: expect.stringContaining('no place'), until: null }]);
    expect(await recordOf(id)).toMatchObject({ wallet: replacement, lostWallets: null });
  });

  it('takes several lost ones as lost, in any order, and tells which replacement has no place', async () => {
    const [first, second, used, further] = [freshWallet(), freshWallet(), freshWallet(), freshWallet()];
    const id = await person({ wallet: first });
    const directory = await open({ lostWalletsField: 'lostWallets' });
    const links = [
      { lost: first, replacement: used, effective: true },
      { lost: second, replacement: further, effective: false },
    ];

    for (const again of [1, 0]) {
      const effects = [];
      for (const link of links) effects.push(await directory.linkWallet(id, link));

      expect(effects).toEqual([
        { counts: { wallet_link: again }, survivors: [] },
        {
          counts: { wallet_link: 0 },
          survivors: [{ what: expect.stringContaining(`does not name ${further}`), until: null }],
        },
      ]);
      expect(await recordOf(id)).toMatchObject({ wallet: used, lostWallets: `${first},${second}` });
    }
    expect(await directory.findByWallet(second)).toMatchObject({ id });
  });

  it('is in use no more once it is lost, also where its replacement is not the effective one', async () => {
    const [lost, replacement] = [freshWallet(), freshWallet()];
    const id = await person({ wallet: lost });
    const directory = await open({ lostWalletsField: 'lostWallets' });

    await directory.linkWallet(id, { lost, replacement, effective: false });

    expect((await directory.get(id))?.wallets).toEqual([{ address: lost, effective: false, lost: true }]);
  });

  it('is not marked as lost where it is somebody else’s', async () => {
    const [own, theirs] = [freshWallet(), freshWallet()];
    const owner = await person({ wallet: theirs });
    const id = await person({ wallet: own });
    const directory = await open({ lostWalletsField: 'lostWallets' });

    await expect(
      directory.linkWallet(id, { lost: theirs, replacement: freshWallet(), effective: false }),
    ).rejects.toMatchObject({ code: 'DIRECTORY_WALLET_TAKEN', message: expect.stringContaining(owner) });

    expect(await recordOf(id)).toMatchObject({ wallet: own, lostWallets: null });
  });

  it.each(['effective', 'lost'])('is refused where it is the %s one of somebody else', async (as) => {
    const [lost, replacement] = [freshWallet(), freshWallet()];
    const owner = await person(as === 'lost' ? { lostWallets: replacement } : { wallet: replacement });
    const id = await person({ wallet: lost });
    const directory = await open({ lostWalletsField: 'lostWallets' });

    await expect(directory.linkWallet(id, { lost, replacement, effective: true })).rejects.toMatchObject({
      code: 'DIRECTORY_WALLET_TAKEN',
      message: expect.stringContaining(owner),
    });
    expect(await recordOf(id)).toMatchObject({ wallet: lost });
  });

  it('is left alone where it is neither of the two, which is told', async () => {
    const healthy = freshWallet();
    const id = await person({ wallet: healthy });
    const directory = await open();

    const effect = await directory.linkWallet(id, {
      lost: freshWallet(),
      replacement: freshWallet(),
      effective: true,
    });

    expect(effect.counts).toEqual({ wallet_link: 0 });
    expect(effect.survivors[0]?.what).toContain(healthy);
    expect(await recordOf(id)).toMatchObject({ wallet: healthy });
  });
});

describe('a ban of the platform itself', () => {
  it('without an end is neither touched nor lifted', async () => {
    const id = await person();
    await asAdmin('/admin/ban-user', { userId: id, banReason: 'fraud' });
    const directory = await open();

    expect((await directory.holdSignIn(id)).counts).toEqual({ sign_in_hold: 0 });
    const released = await directory.releaseSignIn(id);

    expect(released.counts).toEqual({ sign_in_hold: 0 });
    expect(released.survivors).toEqual([
      { what: expect.stringContaining('keeps the person out'), until: null },
    ]);
    expect(await recordOf(id)).toMatchObject({ banned: true, banReason: 'fraud' });
  });

  it('that would end is held on, and goes on as it was after the release', async () => {
    const id = await person();
    await asAdmin('/admin/ban-user', { userId: id, banReason: 'noise: late', banExpiresIn: 3600 });
    const { banExpires } = await recordOf(id);
    const directory = await open();

    expect((await directory.holdSignIn(id)).counts).toEqual({ sign_in_hold: 1, sessions: 0 });
    expect(await recordOf(id)).toMatchObject({ banned: true, banExpires: null });
    const released = await directory.releaseSignIn(id);

    expect(released.survivors).toEqual([
      { what: expect.stringContaining('keeps the person out'), until: banExpires },
    ]);
    expect(await recordOf(id)).toMatchObject({ banned: true, banReason: 'noise: late', banExpires });
  });
});

describe('the credential of the desk', () => {
  it('may be a bearer token, where the platform takes one', async () => {
    const token = decodeURIComponent(server.adminSession);
    const directory = await open({ credential: { kind: 'bearer' } }, token);

    expect(await directory.get(await person())).not.toBeNull();
  });

  it('is no API key of an administrator: Better Auth does not let one act as an administrator', async () => {
    const { key } = await asAdmin('/api-key/create', { name: 'desk' });
    const directory = await open({ credential: { kind: 'api_key' } }, String(key));

    await expect(directory.capabilities()).rejects.toMatchObject({ code: 'DIRECTORY_UNAUTHORISED' });
  });

  it.each(['nonsense', 'nonsense.AAAA'])('is refused where it is %s', async (secret) => {
    const directory = await open({}, secret);

    await expect(directory.get('anybody')).rejects.toMatchObject({
      code: 'DIRECTORY_UNAUTHORISED',
      message: expect.not.stringContaining('nonsense'),
    });
  });

  it('is refused where it is a session of somebody who is no administrator', async () => {
    next += 1;
    const { id, browser } = await server.signUp(`person-${next}@example.org`);
    const directory = await open({}, browser.cookie('better-auth.session_token'));

    await expect(directory.holdSignIn(id)).rejects.toMatchObject({
      code: 'DIRECTORY_UNAUTHORISED',
      message: expect.stringContaining('YOU_ARE_NOT_ALLOWED_TO_GET_USER'),
    });
    expect(await recordOf(id)).toMatchObject({ banned: false });
  });
});

describe('what the directory can', () => {
  it('is told without a cookie cache as it is', async () => {
    const directory = await open({ lostWalletsField: 'lostWallets', without: ['api_keys', 'passkeys'] });

    expect(await directory.capabilities()).toEqual({
      sessions: { can: 'can' },
      second_factors: { can: 'partly', survives: expect.stringContaining('backup codes'), until: null },
      passkeys: { can: 'can' },
      api_keys: { can: 'can' },
      wallet_verifications: { can: 'cannot', why: expect.stringContaining('no part of Better Auth') },
      sign_in_hold: { can: 'can' },
      wallet_link: { can: 'can' },
    });
  });

  it.each(['session', 'bearer'])(
    'is told with a cookie cache, with when a browser is believed no longer, by a desk with a %s',
    async (kind) => {
      const caching = await startRealBetterAuth({ cacheSeconds: 120 });
      try {
        const secret = kind === 'bearer' ? decodeURIComponent(caching.adminSession) : caching.adminSession;
        const directory = await openBetterAuth(caching, { credential: { kind } }, secret);
        const before = Date.now();

        const { sessions, sign_in_hold } = await directory.capabilities();

        const survives = expect.stringContaining('up to 120 seconds');
        expect(sessions).toEqual({ can: 'partly', survives, until: expect.any(String) });
        const until = sessions.can === 'partly' ? Date.parse(sessions.until ?? '') : 0;
        expect(until).toBeGreaterThanOrEqual(before + 120_000);
        expect(sign_in_hold).toMatchObject({ can: 'partly', until: null });
      } finally {
        await caching.stop();
      }
    },
  );
});
