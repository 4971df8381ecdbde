/** A stub provider with a desk that signs in at it, for one test. */
import { onTestFinished } from 'vitest';
import { createOidcSignIn } from '../../electron/operator/oidc/sign-in.ts';
import type { OidcSignIn } from '../../electron/operator/oidc/sign-in.ts';
import type { OidcPolicy, Policy } from '../../shared/policy.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { follow } from './follow.ts';
import { StubOidcProvider } from './stub-oidc-provider.ts';
import type { Bends } from './stub-oidc-provider.ts';

export interface OidcScene {
  readonly stub: StubOidcProvider;
  readonly desk: OidcSignIn;
  /** What the desk has opened in the browser. */
  readonly opened: string[];
  /** Settles when the browser has seen all that was opened. */
  readonly browsed: () => Promise<unknown>;
}

export interface OidcSceneOptions {
  readonly oidc?: Partial<OidcPolicy>;
  readonly network?: Partial<Policy>;
  /** What the person does with an address; follows it where not given. */
  readonly browse?: (url: string) => Promise<unknown>;
}

export async function oidcScene(bends: Bends = {}, options: OidcSceneOptions = {}): Promise<OidcScene> {
  const { oidc, network, browse = follow } = options;
  const stub = await StubOidcProvider.start();
  onTestFinished(() => stub.stop());
  stub.bends = bends;
  const opened: string[] = [];
  const visits: Promise<unknown>[] = [];
  const desk = createOidcSignIn({
    oidc: stub.policy(oidc),
    network: { ...DEFAULT_POLICY, ...network },
    openExternal: async (url) => {
      opened.push(url);
      const visit = browse(url);
      visits.push(visit);
      await visit;
    },
  });
  return { stub, desk, opened, browsed: () => Promise.all(visits) };
}
