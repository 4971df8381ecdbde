import { copyFileSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const DIED_AFTER_LINK = { signal: 'SIGKILL', at: 'mined:recover_identity' } as const;

/** The one keystore that the desk made in a data folder. */
function keystoreIn(data: string): string {
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'utf8').includes('"crypto"'));
  const [only] = files;
  if (only === undefined || files.length > 1) throw new Error(`${files.length} keystores in ${data}`);
  return only;
}

async function expectAdopted(run: TerminalRun, data: string): Promise<void> {
  const { desk, before } = scene;
  const person = desk.person('jonas-weir');
  expect(run.code, run.stderr).toBe(0);
  const result = resultOf(run);
  expect(result).toMatchObject({ status: 'completed', tokens: { total: 2, recovered: 2 } });
  for (const name of ['create_identity', 'recover_identity']) {
    const phase = result.phases.find((candidate) => candidate.name === name);
    expect(phase?.status, name).toBe('skipped');
    expect(phase?.reason, name).toMatch(/^done before/);
  }
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
}

describe('a half-done recovery whose data folder is gone', () => {
  it('is adopted from the chain with the same address of the holder, and finishes', async () => {
    const { desk, data } = scene;
    const person = desk.person('jonas-weir');
    const first = await desk.proofBy('replacement', person, data);
    const given = ['--replacement', first.replacement, '--proof', first.proof];
    const killed = await faultyDesk(DIED_AFTER_LINK, desk.recoverArgs(person, data, ...given));
    expect(killed.signal).toBe('SIGKILL');
    rmSync(data, { recursive: true });

    const fresh = desk.freshData();
    const { replacement, proof } = await desk.proofBy('replacement', person, fresh);
    const args = desk.recoverArgs(person, fresh, '--replacement', replacement, '--proof', proof);

    await expectAdopted(await terminal(args), fresh);
  });

  it('is adopted with a copy of the keystore that the desk had made, and finishes', async () => {
    const { desk, data } = scene;
    const person = desk.person('jonas-weir');
    const passphrase = desk.passphraseFile();
    const generated = ['--replacement-passphrase-file', passphrase];
    const killed = await faultyDesk(DIED_AFTER_LINK, desk.recoverArgs(person, data, ...generated));
    expect(killed.signal).toBe('SIGKILL');
    const copy = path.join(desk.folder, 'kept.keystore.json');
    copyFileSync(keystoreIn(data), copy);
    rmSync(data, { recursive: true });

    const fresh = desk.freshData();
    const args = desk.recoverArgs(person, fresh, ...generated, '--replacement-keystore', copy);

    await expectAdopted(await terminal(args), fresh);
  });

  it('by another desk altogether is finished too: the link stands, the tokens follow', async () => {
    const { desk, data, before } = scene;
    const person = desk.person('henrik-solberg');
    const { replacement, proof } = await desk.proofBy(person.linkedRole ?? '', person, data);

    const run = await terminal(
      desk.recoverArgs(person, data, '--replacement', replacement, '--proof', proof),
    );

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { total: 2, recovered: 2 } });
    const effects = await countEffects(desk, person, replacement, before);
    expect(effects).toMatchObject({ identityCreated: 0, identityRecovered: 0, linked: 0, failed: 0 });
    expect(effects.tokens.filter(({ recovered }) => recovered === 1)).toHaveLength(2);
  });
});
