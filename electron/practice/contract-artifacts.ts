// What the build compiled from the practice contracts: each contract's ABI and creation bytecode.
import { readFile } from 'node:fs/promises';
import { Interface, type JsonFragment } from 'ethers';
import { z } from 'zod';

const artifactSchema = z.object({
  abi: z.array(z.custom<JsonFragment>((value) => typeof value === 'object' && value !== null)),
  bytecode: z.string().startsWith('0x'),
});
const artifactsSchema = z.record(z.string(), artifactSchema);

type PracticeArtifact = z.infer<typeof artifactSchema>;

/** By contract name. */
export type PracticeArtifacts = Readonly<Record<string, PracticeArtifact>>;

/** Reads what the build wrote to out/practice/artifacts.json. Throws when the file is missing or malformed. */
export async function readArtifacts(path: string): Promise<PracticeArtifacts> {
  return artifactsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The ABI of one practice contract. Throws for an unknown name. */
export function contractInterface(artifacts: PracticeArtifacts, name: string): Interface {
  return new Interface(artifactOf(artifacts, name).abi);
}

/** The data of the transaction that deploys one practice contract. Throws for an unknown name. */
export function creationCode(artifacts: PracticeArtifacts, name: string, args: readonly unknown[]): string {
  const { abi, bytecode } = artifactOf(artifacts, name);
  return bytecode + new Interface(abi).encodeDeploy([...args]).slice(2);
}

function artifactOf(artifacts: PracticeArtifacts, name: string): PracticeArtifact {
  const artifact = artifacts[name];
  if (artifact === undefined) throw new Error(`No practice contract named ${name}.`);
  return artifact;
}
