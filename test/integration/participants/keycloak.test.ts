/** Keycloak as a directory, against a stub made from its published API: no running Keycloak was asked. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import { toAddress } from '../../../shared/address.ts';
import { openTestDirectory } from '../../support/http-directory.ts';
import { CLIENT_ID, CLIENT_SECRET, REALM, startKeycloakStub } from '../../support/keycloak-stub.ts';
import type { KeycloakStub } from '../../support/keycloak-stub.ts';

const LOST = toAddress('0xabcdef1111111111111111111111111111111111');
const REPLACEMENT = toAddress('0xabcdef2222222222222222222222222222222222');
const OTHER_LOST = toAddress('0xabcdef3333333333333333333333333333333333');

let stub: KeycloakStub;

beforeEach(async () => {
  stub = await startKeycloakStub();
});
afterEach(() => stub.stop());

function open(profile: object = {}, secret = CLIENT_SECRET): Promise<ParticipantDirectory> {
  const given = {
    kind: 'keycloak',
    name: 'Stub',
    url: stub.url,
    realm: REALM,
    clientId: CLIENT_ID,
    ...profile,
  };
  return openTestDirectory(given, secret);
}

function personWithEverything(): string {
  const { id } = stub.add('ada', { attributes: { wallet: [LOST], department: ['bonds'] } });
  const started = {
    userId: id,
    ipAddress: '192.0.2.7',
    start: 1_700_000_000_000,
    lastAccess: 1_700_000_100_000,
  };
  stub.sessions.set(
    id,
    ['one', 'two', 'three'].map((name) => ({ id: name, ...started })),
  );
  stub.credentials.set(id, [
    { id: 'c-otp', type: 'otp', userLabel: 'Phone', createdDate: 1_700_000_000_000 },
    { id: 'c-codes', type: 'recovery-authn-codes' },
    { id: 'c-key', type: 'webauthn-passwordless', userLabel: 'Laptop' },
    { id: 'c-password', type: 'password' },
    { id: 'c-sms', type: 'mobile-number' },
  ]);
  stub.linked.set(id, [{ identityProvider: 'google', userId: 'g-1', userName: 'ada' }]);
  return id;
}

function typesOf(id: string): readonly string[] {
  return (stub.credentials.get(id) ?? []).map(({ type }) => type);
}

describe('a person in a realm of Keycloak', () => {
  it('is found by id, by wallet, and by part of a name', async () => {
    const id = personWithEverything();
    stub.add('grace', {
      firstName: 'Grace',
      lastName: 'Hopper',
      attributes: { wallet: [REPLACEMENT.toLowerCase()] },
    });
    const directory = await open();
    const person = {
      id,
      name: 'Ada Lovelace',
      source: 'directory',
      wallets: [{ address: LOST, effective: true }],
    };

    expect(await directory.get(id)).toEqual(person);
    expect(await directory.findByWallet(LOST)).toEqual(person);
    expect(await directory.findByWallet(REPLACEMENT)).toMatchObject({ name: 'Grace Hopper' });
    expect((await directory.search({ text: 'lovel', limit: 5, after: null })).participants).toEqual([person]);
    expect((await directory.search({ text: LOST, limit: 5, after: null })).participants).toEqual([person]);
    expect((await directory.search({ text: id, limit: 5, after: null })).participants).toEqual([person]);
  });

  it('is nobody by an id that there is not, nor by one that is a way up', async () => {
    personWithEverything();
    const directory = await open();

    expect(await directory.get('nobody')).toBeNull();
    expect(await directory.get('..')).toBeNull();
    expect(await directory.get('../users')).toBeNull();
    await expect(directory.holdSignIn('..')).rejects.toMatchObject({ code: 'PARTICIPANT_NOT_FOUND' });
    expect(stub.asked).toEqual(['/users/nobody', '/users/..%2Fusers']);
  });

  it('is listed page by page', async () => {
    const wanted = ['a', 'b', 'c', 'd', 'e'].map((name) => stub.add(name).id);
    const directory = await open();

    const first = await directory.search({ text: '', limit: 3, after: null });
    const second = await directory.search({ text: '', limit: 3, after: first.after });

    expect([...first.participants, ...second.participants].map(({ id }) => id)).toEqual(wanted);
    expect(second.after).toBeNull();
  });

  it('is told with all that lets in', async () => {
    const id = personWithEverything();
    const directory = await open();

    expect(await directory.access(id)).toMatchObject({
      sessions: [
        { id: 'one', label: '192.0.2.7', createdAt: '2023-11-14T22:13:20.000Z' },
        { id: 'two' },
        { id: 'three' },
      ],
      secondFactors: [{ label: 'Phone' }, { label: 'Recovery codes', createdAt: null }],
      passkeys: [{ label: 'Laptop' }],
      apiKeys: [],
      walletVerifications: null,
      signIn: 'open',
    });
  });
});

describe('cutting a person off in Keycloak', () => {
  it('ends sessions, and tells until when access tokens are believed', async () => {
    const id = personWithEverything();
    const directory = await open();
    const before = Date.now();

    const { counts, survivors } = await directory.revokeSessions(id);

    expect(counts).toEqual({ sessions: 3 });
    expect(stub.sessions.get(id)).toEqual([]);
    expect(stub.notBefore.get(id)).toBeGreaterThan(0);
    expect(survivors).toEqual([
      { what: expect.stringContaining('Access tokens'), until: expect.any(String) },
    ]);
    expect(Date.parse(survivors[0]?.until ?? '')).toBeGreaterThanOrEqual(before + 300_000);
    expect((await directory.revokeSessions(id)).counts).toEqual({ sessions: 0 });
  });

  it('tells no end of access tokens where it may not see the realm', async () => {
    stub.seesRealm = false;
    const directory = await open();

    expect((await directory.revokeSessions(personWithEverything())).survivors).toEqual([
      { what: expect.stringContaining('Access tokens'), until: null },
    ]);
  });

  it('removes password, second factors and passkeys, has a new one set up, and tells what is left', async () => {
    const id = personWithEverything();
    const directory = await open();

    const { counts, survivors } = await directory.resetFactors(id);

    expect(counts).toEqual({ second_factors: 2, passkeys: 1, api_keys: 0 });
    expect(typesOf(id)).toEqual(['mobile-number']);
    expect(stub.users.get(id)?.requiredActions).toEqual(['CONFIGURE_TOTP']);
    expect(survivors.map(({ what }) => what)).toEqual([
      expect.stringContaining('mailed before'),
      expect.stringContaining('google'),
      expect.stringContaining('mobile-number'),
      expect.stringContaining('no part of Keycloak'),
    ]);
    expect((await directory.resetFactors(id)).counts).toEqual({
      second_factors: 0,
      passkeys: 0,
      api_keys: 0,
    });
  });

  it('keeps the password where the profile says so, which is told', async () => {
    const id = personWithEverything();
    const directory = await open({ password: 'keep' });

    const { survivors } = await directory.resetFactors(id);

    expect(typesOf(id)).toEqual(['password', 'mobile-number']);
    expect(survivors).toContainEqual({ what: expect.stringMatching(/^The password/u), until: null });
  });

  it('tells that the password of a directory behind it stays', async () => {
    const { id } = stub.add('ldap', { federationLink: 'ldap-1' });
    const directory = await open();

    expect((await directory.resetFactors(id)).survivors).toContainEqual({
      what: expect.stringContaining('another directory behind Keycloak'),
      until: null,
    });
  });
});

describe('holding the sign-in of a person in Keycloak', () => {
  it('disables the user and marks it, and leaves all else as it was', async () => {
    const id = personWithEverything();
    const before = structuredClone(stub.users.get(id));
    const directory = await open();

    expect((await directory.holdSignIn(id)).counts).toEqual({ sign_in_hold: 1 });
    expect(stub.users.get(id)).toMatchObject({
      enabled: false,
      attributes: { recoveryDeskHold: [expect.any(String)] },
    });
    expect((await directory.holdSignIn(id)).counts).toEqual({ sign_in_hold: 0 });
    expect(await directory.access(id)).toMatchObject({ signIn: 'held' });

    expect(await directory.releaseSignIn(id)).toEqual({ counts: { sign_in_hold: 1 }, survivors: [] });
    expect(stub.users.get(id)).toEqual(before);
    expect(await directory.releaseSignIn(id)).toEqual({ counts: { sign_in_hold: 0 }, survivors: [] });
  });

  it('does not enable one whom somebody else disabled', async () => {
    const { id } = stub.add('blocked', { enabled: false });
    const directory = await open();

    expect((await directory.holdSignIn(id)).counts).toEqual({ sign_in_hold: 0 });
    const released = await directory.releaseSignIn(id);

    expect(released.counts).toEqual({ sign_in_hold: 0 });
    expect(released.survivors).toEqual([{ what: expect.stringContaining('not by the desk'), until: null }]);
    expect(stub.users.get(id)?.enabled).toBe(false);
  });

  it('holds where the realm keeps no mark, and tells that an administrator has to lift it', async () => {
    stub.attributes = ['wallet'];
    const id = personWithEverything();
    const directory = await open();

    const { counts, survivors } = await directory.holdSignIn(id);

    expect(counts).toEqual({ sign_in_hold: 1 });
    expect(stub.users.get(id)?.enabled).toBe(false);
    expect(survivors[0]?.what).toContain('"recoveryDeskHold"');
  });
});

describe('the wallet of a person in Keycloak', () => {
  it('becomes the replacement, and the lost one stays, marked; other attributes are as they were', async () => {
    const id = personWithEverything();
    const directory = await open({ lostWalletsAttribute: 'lostWallets' });

    expect(await directory.linkWallet(id, { lost: LOST, replacement: REPLACEMENT, effective: true })).toEqual(
      {
        counts: { wallet_link: 1 },
        survivors: [],
      },
    );
    expect(stub.users.get(id)).toMatchObject({
      email: 'ada@example.org',
      attributes: { wallet: [REPLACEMENT], lostWallets: [LOST], department: ['bonds'] },
    });
    expect(await directory.findByWallet(LOST)).toMatchObject({ id });
    expect(
      (await directory.linkWallet(id, { lost: LOST, replacement: REPLACEMENT, effective: true })).counts,
    ).toEqual({
      wallet_link: 0,
    });
  });

  it('stays where a further one of the person is lost, and it is told that its replacement has no place', async () => {
    const id = personWithEverything();
    const directory = await open({ lostWalletsAttribute: 'lostWallets' });
    const further = { lost: OTHER_LOST, replacement: REPLACEMENT, effective: false };

    for (const _again of [1, 2]) {
      expect(await directory.linkWallet(id, further)).toEqual({
        counts: { wallet_link: 0 },
        survivors: [{ what: expect.stringContaining(`does not name ${REPLACEMENT}`), until: null }],
      });
      expect(stub.users.get(id)?.attributes).toMatchObject({ wallet: [LOST], lostWallets: [OTHER_LOST] });
    }
    expect(await directory.findByWallet(OTHER_LOST)).toMatchObject({ id });
  });

  it('is refused where it is somebody else’s', async () => {
    const id = personWithEverything();
    const owner = stub.add('grace', { attributes: { wallet: [REPLACEMENT] } });
    const directory = await open();

    await expect(
      directory.linkWallet(id, { lost: LOST, replacement: REPLACEMENT, effective: true }),
    ).rejects.toMatchObject({
      code: 'DIRECTORY_WALLET_TAKEN',
      message: expect.stringContaining(owner.id),
    });
    expect(stub.users.get(id)?.attributes['wallet']).toEqual([LOST]);
  });

  it('is not said to be linked where the realm keeps no such attribute', async () => {
    stub.attributes = ['department'];
    const id = personWithEverything();
    const directory = await open();

    await expect(
      directory.linkWallet(id, { lost: LOST, replacement: REPLACEMENT, effective: true }),
    ).rejects.toMatchObject({
      code: 'DIRECTORY_GARBAGE',
      message: expect.stringContaining('did not keep the wallet'),
    });
  });
});

describe('the client of the desk at Keycloak', () => {
  it('asks for one access token, and for another where that is taken back', async () => {
    const id = personWithEverything();
    const directory = await open();

    await directory.get(id);
    await directory.get(id);
    expect(stub.tokensGiven).toBe(1);
    stub.takeBackTokens();
    expect(await directory.get(id)).not.toBeNull();
    expect(stub.tokensGiven).toBe(2);
  });

  it('is refused with a wrong secret, which is in no word of it', async () => {
    const directory = await open({}, 'a-wrong-secret');

    await expect(directory.get('anybody')).rejects.toMatchObject({
      code: 'DIRECTORY_UNAUTHORISED',
      message: expect.not.stringContaining('a-wrong-secret'),
    });
  });

  it('takes a realm that there is not for no answer about a person', async () => {
    const directory = await open({ realm: 'elsewhere' });

    await expect(directory.get('anybody')).rejects.toMatchObject({ code: 'DIRECTORY_UNAUTHORISED' });
  });

  it('tells what it can', async () => {
    const directory = await open({ lostWalletsAttribute: 'lostWallets' });
    const tokens = {
      can: 'partly',
      survives: expect.stringContaining('Access tokens'),
      until: expect.any(String),
    };

    expect(await directory.capabilities()).toEqual({
      sessions: tokens,
      second_factors: { can: 'can' },
      passkeys: { can: 'can' },
      api_keys: { can: 'can' },
      wallet_verifications: { can: 'cannot', why: expect.stringContaining('no part of Keycloak') },
      sign_in_hold: tokens,
      wallet_link: { can: 'can' },
    });
  });
});
