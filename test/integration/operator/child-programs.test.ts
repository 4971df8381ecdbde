import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramEnded } from '../../../electron/operator/child-conversation.ts';
import { nodeChildPrograms } from '../../../electron/operator/node-child-programs.ts';
import { lives } from '../../support/processes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { projectRoot } from '../../support/tree.ts';

const folder = temporaryFolder('child-programs');
const channel = path.join(projectRoot, 'electron', 'operator', 'helper-channel.ts');

/** A program over the channel of the desk's own: says who it is, hangs, or ends, as it is asked. */
writeFileSync(
  path.join(folder, 'keychain.js'),
  `import { answerQuestions } from ${JSON.stringify(channel)};
   console.log('must not be seen');
   answerQuestions(async (message) => {
     if (message === 'hang') return new Promise(() => { setInterval(() => undefined, 1000); });
     if (message === 'end') process.exit(7);
     if (message === 'fail') throw new Error('failed');
     return { message, pid: process.pid, switches: process.execArgv, names: Object.keys(process.env) };
   });`,
);
writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');

const start = (own: Record<string, string> = {}) => nodeChildPrograms(folder, own).start('keychain');

async function pidOf(program: ReturnType<typeof start>): Promise<number> {
  const answer = await program.ask('who');
  return typeof answer === 'object' && answer !== null && 'pid' in answer ? Number(answer['pid']) : 0;
}

describe('a helper program in a process of Node', () => {
  it('answers each question, in whatever order they come', async () => {
    const program = start();

    const answers = await Promise.all([program.ask(['a', 1]), program.ask({ b: null }), program.ask('ü')]);

    expect(answers).toMatchObject([{ message: ['a', 1] }, { message: { b: null } }, { message: 'ü' }]);
    program.end();
    await program.ended;
  });

  it('is started with one switch of its own and no environment but what it needs', async () => {
    const program = start({ HOME: '/home/anna', NODE_OPTIONS: '--title=x', TOKEN: 'x' });

    const answer = await program.ask('who');

    expect(answer).toMatchObject({ switches: ['--disable-sigusr1'] });
    expect(answer).toMatchObject({ names: expect.arrayContaining(['HOME']) });
    expect(JSON.stringify(answer)).not.toMatch(/NODE_OPTIONS|TOKEN/);
    program.end();
    await program.ended;
  });

  it('is ended while it hangs, and whoever waits for it is told', async () => {
    const program = start();
    const pid = await pidOf(program);
    const waiting = program.ask('hang').catch((thrown: unknown) => thrown);

    program.end();
    await program.ended;

    expect(await waiting).toBeInstanceOf(ProgramEnded);
    expect(lives(pid)).toBe(false);
    await expect(program.ask('who')).rejects.toBeInstanceOf(ProgramEnded);
    program.end();
  });

  it.each(['end', 'fail'])('that ends by itself (%s) leaves nobody waiting', async (message) => {
    const program = start();
    await expect(program.ask(message)).rejects.toBeInstanceOf(ProgramEnded);
    await program.ended;
  });

  it('that is not there leaves nobody waiting', async () => {
    const program = nodeChildPrograms(path.join(folder, 'none'), {}).start('keychain');
    await expect(program.ask('who')).rejects.toBeInstanceOf(ProgramEnded);
    await program.ended;
  });
});
