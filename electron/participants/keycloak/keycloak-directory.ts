import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryLink } from '../../network/directory-link.ts';
import type { ParticipantDirectory } from '../directory.ts';
export function keycloakDirectory(_profile: KeycloakProfile, _link: DirectoryLink, _secret: string): ParticipantDirectory {
  throw new Error('not yet');
}
