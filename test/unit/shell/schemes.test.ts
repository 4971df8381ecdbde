import { describe, expect, it } from 'vitest';
import { registerSchemes } from '../../../electron/shell/schemes.ts';

describe('the schemes of the desk', () => {
  it('are two, standard and secure, and given nothing else', () => {
    const registered: unknown[] = [];
    registerSchemes({ registerSchemesAsPrivileged: (schemes) => registered.push(...schemes) });
    const privileges = {
      standard: true,
      secure: true,
      bypassCSP: false,
      allowServiceWorkers: false,
      supportFetchAPI: false,
      corsEnabled: false,
      stream: false,
      codeCache: false,
    };
    expect(registered).toEqual([
      { scheme: 'app', privileges },
      { scheme: 'entry', privileges },
    ]);
  });
});
