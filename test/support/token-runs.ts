/** What tests do to the tokens of one person while a desk recovers them, and how they run that desk. */
import { Contract, Wallet, toQuantity } from 'ethers';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { FaultScene } from './fault-scene.ts';
import { resultOf, resumeArgs } from './recovery-runs.ts';
import { terminal } from './terminal.ts';

/** Recovers a person; at the named moment something happens. */
export async function recoverWith(
  scene: FaultScene,
  personId: string,
  moment: string,
  act: () => Promise<unknown>,
  ...more: readonly string[]
): Promise<RecoveryResult> {
  const { desk, stage, data } = scene;
  const args = desk.recoverArgs(desk.person(personId), data, '--network', stage.profile(), ...more);
  const run = await terminal(args, { checkpoint: stage.when(moment, act) });
  await stage.calm();
  return resultOf(run);
}

/** Goes on with the newest recovery. */
export async function resumed(scene: FaultScene): Promise<RecoveryResult> {
  return resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));
}

/** Moves tokens with the lost key; without an amount, all that are there. @returns the hash. */
export async function steal(
  scene: FaultScene,
  personId: string,
  symbol: string,
  amount?: bigint,
): Promise<string> {
  const { desk, acts } = scene;
  const thief = new Wallet(practiceKey(`lost:${personId}`), desk.provider);
  await desk.provider.send('anvil_setBalance', [thief.address, toQuantity(10n ** 18n)]);
  const token = new Contract(
    acts.token(symbol).address,
    [
      'function transfer(address,uint256) returns (bool)',
      'function balanceOf(address) view returns (uint256)',
    ],
    thief,
  );
  const loot: unknown = amount ?? (await token.getFunction('balanceOf')(thief.address));
  const sent = await token.getFunction('transfer')(practiceAddress('accomplice'), loot);
  await sent.wait();
  return String(sent.hash);
}
