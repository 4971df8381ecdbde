import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { ForkOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { ProgramEnded } from '../../../electron/operator/child-conversation.ts';
import { setupUtilityPrograms } from '../../../electron/shell/utility-programs.ts';
import type { UtilityFork } from '../../../electron/shell/utility-programs.ts';
import { standingFor } from './doubles.ts';

/** DOUBLE of a utility process, which only Electron has; typed as the part of its declarations that is used. */
class UtilityDouble extends EventEmitter {
  pid: number | undefined = 4711;
  readonly got: unknown[] = [];
  asked = 0;

  postMessage(message: unknown): void {
    this.got.push(message);
  }

  kill(): boolean {
    this.asked += 1;
    return true;
  }
}

function scene() {
  const child = new UtilityDouble();
  const forked: { program: string; args: string[]; options: ForkOptions }[] = [];
  const killed: number[] = [];
  const fork: UtilityFork['fork'] = (program, args, options) => {
    forked.push({ program, args, options });
    return standingFor<ReturnType<UtilityFork['fork']>>(child);
  };
  const own = { HOME: '/home/anna', NODE_OPTIONS: '--inspect', TOKEN: 'x' };
  const programs = setupUtilityPrograms({ fork }, '/desk/out/main', own, (pid) => void killed.push(pid));
  return { child, forked, killed, programs };
}

describe('a helper program in a utility process of Electron', () => {
  it('is started without switches, output and any environment but what it needs', () => {
    const { forked, programs } = scene();

    programs.start('keychain');

    expect(forked).toEqual([
      {
        program: path.join('/desk/out/main', 'keychain.js'),
        args: [],
        options: {
          serviceName: 'Recovery Desk keychain',
          env: { HOME: '/home/anna' },
          execArgv: [],
          stdio: 'ignore',
        },
      },
    ]);
  });

  it('answers by number, and what is no answer is dropped', async () => {
    const { child, programs } = scene();
    const program = programs.start('keychain');
    const answers = Promise.all([program.ask('first'), program.ask('second')]);
    expect(child.got).toEqual([
      { number: 1, message: 'first' },
      { number: 2, message: 'second' },
    ]);

    for (const message of ['x', null, { number: 9, answer: 1 }, { number: 1 }])
      child.emit('message', message);
    child.emit('message', { number: 2, answer: 'b' });
    child.emit('message', { number: 1, answer: 'a' });

    expect(await answers).toEqual(['a', 'b']);
  });

  it('is ended by its id, and whoever waits for it is told once it is gone', async () => {
    const { child, killed, programs } = scene();
    const program = programs.start('keychain');
    const waiting = program.ask('hang').catch((thrown: unknown) => thrown);

    program.end();
    child.emit('exit', 9);

    expect(killed).toEqual([4711]);
    expect(await waiting).toBeInstanceOf(ProgramEnded);
    await program.ended;
    program.end();
    expect(killed).toEqual([4711]);
  });

  it('that was ended before it had an id is ended as soon as it has one', () => {
    const { child, killed, programs } = scene();
    child.pid = undefined;
    const program = programs.start('keychain');

    program.end();
    expect([child.asked, killed]).toEqual([1, []]);

    child.pid = 4711;
    child.emit('spawn');
    expect(killed).toEqual([4711]);
  });
});
