/** The operators of the practice network, set up on it like any others; their keys and passphrases are public. */
import type { ErrorCode } from '../../shared/errors.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { Operator } from '../../shared/operator.ts';
import { importKey } from '../operator/key-import.ts';
import { readKeystoreFile } from '../operator/keystore.ts';
import type { SignedInOperator } from '../operator/open-operator.ts';
import type { Operators } from '../operator/operators.ts';
import { readPassphraseFile, wipe } from '../operator/passphrase.ts';
import type { KeystoreFiles, PracticeFiles } from '../practice/practice-files.ts';
import type { PracticeNetwork } from '../practice/practice-network.ts';
import { signedInAt } from './signed-in.ts';
import type { SignedIn } from './signed-in.ts';
import type { Site } from './site.ts';
import { entered } from './standing.ts';
import type { Bench } from './bench.ts';

/** Who signs in when the practice network opens, and recovers in the terminal's demo. */
export const PRACTICE_OPERATOR = 'Practice operator';

/** Those that practise, by name, with the files that their key comes from. */
export function practiceOperators(files: PracticeFiles): ReadonlyMap<string, KeystoreFiles> {
  return new Map([
    [PRACTICE_OPERATOR, files.operator],
    ['Practice identity manager', files.identityManager],
    ['Practice custodian', files.custodian],
    ['Practice claim issuer', files.issuer],
  ]);
}

/** Sets up those that are not there yet: on a network that was set up anew, all of them. */
export async function setUpPracticeOperators(operators: Operators, files: PracticeFiles): Promise<void> {
  const known = new Set(
    operators.list().map((one) => (one.kind === 'damaged' ? one.name : one.operator.name)),
  );
  for (const [name, { keystore, passphrase: file }] of practiceOperators(files)) {
    if (known.has(name)) continue;
    const { passphrase } = await readPassphraseFile(file);
    const { privateKey } = await importKey({
      kind: 'keystore',
      json: await readKeystoreFile(keystore),
      passphrase,
    });
    try {
      await operators.create({
        name,
        signIn: { kind: 'passphrase', passphrase, codes: null },
        credential: { kind: 'keystore', privateKey },
        wrapping: 'passphrase',
      });
    } finally {
      wipe(privateKey);
      wipe(passphrase);
    }
  }
}

/** Theirs is another passphrase than they came with, or they have codes: they changed it, as one practises. */
const CHANGED: readonly ErrorCode[] = ['PASSPHRASE_WRONG', 'SIGN_IN_DELAYED'];

/** Null for who has to sign in by their own hand. */
async function openWithFile(
  operators: Operators,
  operator: Operator,
  file: string,
): Promise<SignedInOperator | null> {
  const { passphrase } = await readPassphraseFile(file);
  try {
    const outcome = await operators.open(operator.id, passphrase, null);
    return outcome.kind === 'code_needed' ? null : outcome;
  } catch (thrown) {
    if (CHANGED.includes(asDeskError(thrown).code)) return null;
    throw thrown;
  } finally {
    wipe(passphrase);
  }
}

/**
 * Signs the practice operator in, as anybody signs in; the passphrase lies open in a file.
 * @returns null where they sign in otherwise by now.
 */
export async function enterPractice(
  bench: Bench,
  { files }: Pick<PracticeNetwork, 'files'>,
  site: Site,
): Promise<SignedIn | null> {
  const { room } = bench;
  const operators = room.operators();
  return entered(bench, async () => {
    await setUpPracticeOperators(operators, files);
    const operator = operators.find(PRACTICE_OPERATOR);
    const opened = await openWithFile(operators, operator, files.operator.passphrase);
    if (opened === null) return null;
    return signedInAt(site, room.services.policyOf(site.records), opened, null);
  });
}
