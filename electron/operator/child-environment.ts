/** Where the person's keychain is, and how it may ask them: the session's bus, folders, display and language. */
const NAMES = new Set(
  ['HOME', 'USER', 'LOGNAME', 'PATH', 'TMPDIR', 'LANG', 'LANGUAGE'].concat(
    ['DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'],
    // What Windows programs cannot start without.
    ['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'TEMP', 'TMP', 'USERNAME', 'USERPROFILE', 'APPDATA'],
    ['LOCALAPPDATA', 'PROGRAMDATA'],
  ),
);
const FAMILIES = /^(?:XDG|LC)_[A-Z_]+$/u;

/**
 * The environment of a helper program.
 * SECURITY: an allow-list, because nobody can list every variable that holds a secret or loads code (NODE_OPTIONS).
 */
export function childEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const allowed = new Map<string, string>();
  for (const [name, value] of Object.entries(own)) {
    const upper = name.toUpperCase();
    if (value !== undefined && (NAMES.has(upper) || FAMILIES.test(upper))) allowed.set(name, value);
  }
  return Object.fromEntries(allowed);
}
