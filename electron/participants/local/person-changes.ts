/** What is different of a person, in words. */
import type { Participant } from '../../../shared/participant.ts';

type Wallet = Participant['wallets'][number];

function walletChanges(before: Wallet | undefined, after: Wallet | undefined): readonly string[] {
  const address = (before ?? after)?.address ?? '';
  if (before === undefined) return [`gets the wallet ${address}${after?.lost === true ? ', lost' : ''}`];
  if (after === undefined) return [`no longer has the wallet ${address}`];
  const [was, is] = [before.lost === true, after.lost === true];
  return was === is ? [] : [`the wallet ${address} ${is ? 'is lost' : 'is no longer lost'}`];
}

function effectiveOf({ wallets }: Participant): string {
  return wallets.find((wallet) => wallet.effective)?.address ?? 'none';
}

/** Empty where nothing is, the order of the wallets aside: it says nothing. */
export function changesOf(before: Participant, after: Participant): readonly string[] {
  const was = new Map(before.wallets.map((wallet) => [wallet.address, wallet]));
  const is = new Map(after.wallets.map((wallet) => [wallet.address, wallet]));
  const addresses = new Set([...was.keys(), ...is.keys()]);
  const [from, to] = [effectiveOf(before), effectiveOf(after)];
  return [
    ...(before.name === after.name
      ? []
      : [`the name ${before.name ?? 'none'} becomes ${after.name ?? 'none'}`]),
    ...[...addresses].flatMap((address) => walletChanges(was.get(address), is.get(address))),
    ...(from === to ? [] : [`the effective wallet ${from} becomes ${to}`]),
  ];
}
