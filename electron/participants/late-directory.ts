/** A directory that is opened by the first call, and by the next where that failed: a locked keychain holds up nothing else. */
import type { ParticipantDirectory } from './directory.ts';

export function lateDirectory(kind: string, open: () => Promise<ParticipantDirectory>): ParticipantDirectory {
  let opened: ParticipantDirectory | null = null;
  const now = async (): Promise<ParticipantDirectory> => {
    opened ??= await open();
    return opened;
  };
  return {
    kind,
    capabilities: async (call) => (await now()).capabilities(call),
    get: async (id, call) => (await now()).get(id, call),
    findByWallet: async (address, call) => (await now()).findByWallet(address, call),
    search: async (wanted, call) => (await now()).search(wanted, call),
    access: async (id, call) => (await now()).access(id, call),
    revokeSessions: async (id, call) => (await now()).revokeSessions(id, call),
    resetFactors: async (id, call) => (await now()).resetFactors(id, call),
    holdSignIn: async (id, call) => (await now()).holdSignIn(id, call),
    releaseSignIn: async (id, call) => (await now()).releaseSignIn(id, call),
    linkWallet: async (id, link, call) => (await now()).linkWallet(id, link, call),
  };
}
