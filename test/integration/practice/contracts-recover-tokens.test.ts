import { describe, expect, test } from 'vitest';
import { issueClaims, topicId, trustIssuer } from '../../../electron/practice/claims.ts';
import { createIdentities, mintTokens } from '../../../electron/practice/deploy.ts';
import {
  admin,
  adminAddress,
  balanceOf,
  belgium,
  chain,
  forcedRecover,
  holder,
  newCase,
  newPerson,
  newToken,
  onToken,
  recoverIdentity,
  registry,
  roleId,
  setup,
  stranger,
  system,
  units,
} from '../../support/practice-scene.ts';

describe('forcedRecoverTokens', () => {
  test('moves the whole balance and reports it', async () => {
    const person = await newCase();
    const { lost, replacement, token } = person;
    await recoverIdentity(person);

    const receipt = await chain.transact(admin, forcedRecover(token, person));

    expect(chain.events(receipt, 'SecurityToken', 'TokensRecovered')).toEqual([
      [adminAddress, lost.address, replacement.address, units],
    ]);
    expect(await balanceOf(token, lost)).toBe(0n);
    expect(await balanceOf(token, replacement)).toBe(units);
  });

  test('works for a replacement whose identity lacks the claims that a transfer would need', async () => {
    const topic = topicId('wealth');
    const person = await newPerson();
    const token = await newToken({ requiredTopics: [topic] });
    const issuer = await trustIssuer(setup, system, { wallet: adminAddress, topics: [topic] });
    await issueClaims(setup, [{ issuer, subject: person.oldIdentity, topic, data: '0x01' }]);
    await mintTokens(setup, [{ token: token.token, to: person.lost.address, amount: units }]);
    await recoverIdentity(person);

    await chain.transact(admin, forcedRecover(token, person));

    expect(await balanceOf(token, person.replacement)).toBe(units);
  });

  test('a paused token refuses, and works after it was unpaused', async () => {
    const person = await newCase();
    const { token } = person;
    await recoverIdentity(person);
    await chain.transact(admin, onToken(token, 'pause'));
    expect(await chain.read(onToken(token, 'paused'))).toBe(true);
    expect(await chain.revertDataOf(admin, forcedRecover(token, person))).toBe('0xe7792495');

    await chain.transact(admin, onToken(token, 'unpause'));
    await chain.transact(admin, forcedRecover(token, person));

    expect(await balanceOf(token, person.replacement)).toBe(units);
  });

  test('an operator without the custodian role is refused', async () => {
    const person = await newCase();
    await recoverIdentity(person);
    expect(await chain.revertOf(stranger, forcedRecover(person.token, person))).toBe(
      `AccessControlUnauthorizedAccount(${stranger.address}, ${roleId('CUSTODIAN_ROLE')})`,
    );
  });

  test('a wallet with nothing is refused, and so is a repeat', async () => {
    const person = await newCase();
    await recoverIdentity(person);
    const empty = await newToken();
    expect(await chain.revertDataOf(admin, forcedRecover(empty, person))).toBe('0xbc9eb042');

    await chain.transact(admin, forcedRecover(person.token, person));

    expect(await chain.revertOf(admin, forcedRecover(person.token, person))).toBe('NoTokensToRecover()');
  });

  test('a frozen part moves with the rest and is frozen on the new wallet', async () => {
    const person = await newCase();
    const { lost, replacement, token } = person;
    await chain.transact(admin, onToken(token, 'freezePartialTokens', lost.address, 400));
    await recoverIdentity(person);

    const receipt = await chain.transact(admin, forcedRecover(token, person));

    expect(await balanceOf(token, replacement)).toBe(units);
    expect(await chain.read(onToken(token, 'getFrozenTokens', lost.address))).toBe(0n);
    expect(await chain.read(onToken(token, 'getFrozenTokens', replacement.address))).toBe(400n);
    expect(chain.events(receipt, 'SecurityToken', 'TokensUnfrozen')).toEqual([
      [adminAddress, lost.address, 400n],
    ]);
    expect(chain.events(receipt, 'SecurityToken', 'TokensFrozen')).toEqual([
      [adminAddress, replacement.address, 400n],
    ]);
  });

  test('the freeze of a frozen lost wallet moves to the new one, where it can be lifted', async () => {
    const person = await newCase();
    const { lost, replacement, token } = person;
    await chain.transact(admin, onToken(token, 'setAddressFrozen', lost.address, true));
    await recoverIdentity(person);

    await chain.transact(admin, forcedRecover(token, person));

    expect(await chain.read(onToken(token, 'isFrozen', lost.address))).toBe(false);
    expect(await chain.read(onToken(token, 'isFrozen', replacement.address))).toBe(true);
    await chain.transact(admin, onToken(token, 'setAddressFrozen', replacement.address, false));
    expect(await chain.read(onToken(token, 'isFrozen', replacement.address))).toBe(false);
  });

  test('a frozen new wallet is unfrozen by it where the lost one was not frozen', async () => {
    const person = await newCase();
    const { replacement, token } = person;
    await chain.transact(admin, onToken(token, 'setAddressFrozen', replacement.address, true));
    await recoverIdentity(person);

    await chain.transact(admin, forcedRecover(token, person));

    expect(await chain.read(onToken(token, 'isFrozen', replacement.address))).toBe(false);
  });

  test('a frozen amount of the new wallet is overwritten, not added to', async () => {
    const person = await newCase();
    const { lost, replacement, newIdentity, token } = person;
    await chain.transact(admin, registry('registerIdentity', replacement.address, newIdentity, belgium));
    await mintTokens(setup, [{ token: token.token, to: replacement.address, amount: 500n }]);
    await chain.transact(admin, onToken(token, 'freezePartialTokens', replacement.address, 500));
    await chain.transact(admin, onToken(token, 'freezePartialTokens', lost.address, 100));
    await recoverIdentity(person);

    await chain.transact(admin, forcedRecover(token, person));

    expect(await balanceOf(token, replacement)).toBe(units + 500n);
    expect(await chain.read(onToken(token, 'getFrozenTokens', replacement.address))).toBe(100n);
  });

  test('before recoverIdentity, and to another wallet than the linked one, it is refused', async () => {
    const person = await newCase();
    const { lost, token } = person;
    expect(await chain.revertDataOf(admin, forcedRecover(token, person))).toBe('0x0e7bebe3');

    await recoverIdentity(person);

    const elsewhere = onToken(token, 'forcedRecoverTokens', lost.address, holder.address);
    expect(await chain.revertOf(admin, elsewhere)).toBe('InvalidLostWallet()');
  });

  test('checks the role, then the balance, then the link, then the pause', async () => {
    const person = await newPerson();
    const token = await newToken();
    const call = forcedRecover(token, person);
    expect(await chain.revertOf(stranger, call)).toMatch(/^AccessControlUnauthorizedAccount/);
    expect(await chain.revertOf(admin, call)).toBe('NoTokensToRecover()');

    await mintTokens(setup, [{ token: token.token, to: person.lost.address, amount: units }]);
    await chain.transact(admin, onToken(token, 'pause'));
    expect(await chain.revertOf(stranger, call)).toMatch(/^AccessControlUnauthorizedAccount/);
    expect(await chain.revertOf(admin, call)).toBe('InvalidLostWallet()');

    await recoverIdentity(person);
    expect(await chain.revertOf(admin, call)).toBe('TokenPaused()');
  });

  test('after a second loss each wallet is recovered to the next one only', async () => {
    const first = await newCase();
    const { lost, replacement, token } = first;
    const third = await chain.newWallet();
    const [thirdIdentity] = await createIdentities(setup, system, [third.address]);
    await recoverIdentity(first);
    await chain.transact(
      admin,
      registry('recoverIdentity', replacement.address, third.address, thirdIdentity),
    );

    const leap = onToken(token, 'forcedRecoverTokens', lost.address, third.address);
    expect(await chain.revertOf(admin, leap)).toBe('InvalidLostWallet()');

    await chain.transact(admin, forcedRecover(token, first));
    await chain.transact(admin, onToken(token, 'forcedRecoverTokens', replacement.address, third.address));
    expect(await balanceOf(token, third)).toBe(units);
  });
});

describe('the ways beside forcedRecoverTokens', () => {
  test('the new wallet itself recovers with no role', async () => {
    const person = await newCase();
    const { lost, replacement, token } = person;
    await recoverIdentity(person);

    const receipt = await chain.transact(replacement, onToken(token, 'recoverTokens', lost.address));

    expect(chain.events(receipt, 'SecurityToken', 'TokensRecovered')).toEqual([
      [replacement.address, lost.address, replacement.address, units],
    ]);
    expect(await balanceOf(token, replacement)).toBe(units);
  });

  test('recoverTokens by anyone else is refused', async () => {
    const person = await newCase();
    await recoverIdentity(person);
    const call = onToken(person.token, 'recoverTokens', person.lost.address);
    expect(await chain.revertOf(stranger, call)).toBe('InvalidLostWallet()');
    expect(await chain.revertOf(admin, call)).toBe('InvalidLostWallet()');
  });

  test('forcedTransfer needs no link, takes from the frozen part, and says how much', async () => {
    const { lost, token } = await newCase();
    await chain.transact(admin, onToken(token, 'freezePartialTokens', lost.address, 400));

    const receipt = await chain.transact(
      admin,
      onToken(token, 'forcedTransfer', lost.address, holder.address, 700),
    );

    expect(await balanceOf(token, holder)).toBe(700n);
    expect(await chain.read(onToken(token, 'getFrozenTokens', lost.address))).toBe(300n);
    expect(chain.events(receipt, 'SecurityToken', 'TokensUnfrozen')).toEqual([
      [adminAddress, lost.address, 100n],
    ]);
  });

  test('forcedTransfer is blocked by a pause', async () => {
    const { lost, token } = await newCase();
    await chain.transact(admin, onToken(token, 'pause'));
    const call = onToken(token, 'forcedTransfer', lost.address, holder.address, 1);
    expect(await chain.revertOf(admin, call)).toBe('TokenPaused()');
  });
});

describe('a lock-up', () => {
  test('holds up the recovery until it ends, and starts anew for the new wallet', async () => {
    const person = await newCase({ lockUpSeconds: 3_600n });
    const { replacement, token } = person;
    await recoverIdentity(person);
    const call = forcedRecover(token, person);
    expect(await chain.revertOf(admin, call)).toBe('ComplianceCheckFailed(Lock-up period not over)');

    await chain.provider.send('evm_increaseTime', [3_600]);
    await chain.provider.send('evm_mine', []);
    await chain.transact(admin, call);

    expect(await balanceOf(token, replacement)).toBe(units);
    expect(await chain.revertOf(replacement, onToken(token, 'transfer', holder.address, 1))).toBe(
      'ComplianceCheckFailed(Lock-up period not over)',
    );
  });
});

describe('an ordinary transfer', () => {
  test('reaches a registered wallet only', async () => {
    const { lost, token } = await newCase();
    expect(await chain.revertOf(lost, onToken(token, 'transfer', stranger.address, 1))).toBe(
      'ComplianceCheckFailed(Recipient not verified)',
    );
    expect(await chain.revertOf(lost, onToken(token, 'transfer', holder.address, 1))).toBe('none');
  });

  test('is refused while paused, to a frozen wallet, and beyond what is free', async () => {
    const { lost, token } = await newCase();
    const transfer = onToken(token, 'transfer', holder.address, units);
    await chain.transact(admin, onToken(token, 'freezePartialTokens', lost.address, 1));
    expect(await chain.revertOf(lost, transfer)).toBe(
      `ERC20InsufficientBalance(${lost.address}, ${units - 1n}, ${units})`,
    );
    await chain.transact(admin, onToken(token, 'setAddressFrozen', holder.address, true));
    expect(await chain.revertOf(lost, transfer)).toBe('RecipientAddressFrozen()');
    await chain.transact(admin, onToken(token, 'pause'));
    expect(await chain.revertOf(lost, transfer)).toBe('TokenPaused()');
  });

  test('supply grows and shrinks by the supply manager alone', async () => {
    const { lost, token } = await newCase();
    await chain.transact(admin, onToken(token, 'burn', lost.address, 400));
    expect(await chain.read(onToken(token, 'totalSupply'))).toBe(600n);
    expect(await chain.revertOf(stranger, onToken(token, 'mint', lost.address, 1))).toMatch(
      /^AccessControlUnauthorizedAccount/,
    );
  });
});
