import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { previewArgs, profileFile } from '../../support/command-line.ts';
import { startNodeProxy } from '../../support/node-proxy.ts';
import type { NodeProxy } from '../../support/node-proxy.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { terminal } from '../../support/terminal.ts';

const ACCESS_KEY = 'b5d0f2c9a1e34477';

describe('an access key in the path of an endpoint', () => {
  let desk: PracticeDesk;
  let proxy: NodeProxy;
  let network: string;
  let data: string;

  beforeAll(async () => {
    desk = await openPracticeDesk();
    proxy = await startNodeProxy(desk.network.node.url, () => 'pass');
    network = profileFile(desk, { rpcUrls: [`${proxy.url}/v3/${ACCESS_KEY}`] });
    data = desk.freshData();
  });
  afterAll(async () => {
    await proxy.stop();
    await desk.close();
  });

  it('is never printed: by no command, not when all goes well and not when the endpoint is gone', async () => {
    const person = desk.person('wim-de-groot');
    const recover = desk.recoverArgs(person, data, '--network', network);
    const wallet = person.lostWallet ?? practiceAddress('operator');
    const commands = [
      ['network', 'check', '--json', '--network', network, '--data', data],
      previewArgs(desk, data, '--network', network, '--wallet', wallet),
      recover,
      ['list', '--json', '--data', data],
      ['list', '--data', data],
    ];
    const said: string[] = [];
    for (const command of commands) {
      const { code, stdout, stderr } = await terminal(command);
      expect(code, stderr).toBe(0);
      said.push(stdout, stderr);
    }
    const [{ id }] = JSON.parse(said.at(-4) ?? '');
    const status = await terminal(['status', String(id), '--json', '--data', data]);
    await proxy.stop();
    const gone = await terminal(['network', 'check', '--json', '--network', network, '--data', data]);
    expect(gone.code).toBe(1);

    for (const text of [...said, status.stdout, status.stderr, gone.stdout, gone.stderr])
      expect(text).not.toContain(ACCESS_KEY);
  });
});
