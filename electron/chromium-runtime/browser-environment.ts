/** Where programs, the person and their language are. */
const PERSON = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR'];
/** The display, its input methods and its looks. */
const DISPLAY = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XMODIFIERS', 'GTK_IM_MODULE'].concat(
  ['QT_IM_MODULE', 'GTK_THEME', 'XDG_RUNTIME_DIR', 'XDG_SESSION_TYPE', 'XDG_CURRENT_DESKTOP'],
  ['XDG_DATA_DIRS', 'XDG_CONFIG_DIRS', 'DBUS_SESSION_BUS_ADDRESS'],
);
/** What Windows programs cannot start without. */
const WINDOWS = [
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERNAME',
].concat(
  ['USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'],
  ['PROGRAMW6432'],
);
const NAMES = new Set([...PERSON, ...DISPLAY, ...WINDOWS]);

/**
 * The environment that the browser gets: nothing that could carry a secret of this process into a
 * place where pages are drawn, or a loader's variable into the browser.
 */
// SECURITY: an allow-list, because nobody can list every variable that may hold a secret.
export function browserEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(own).filter(([name]) => NAMES.has(name.toUpperCase()) || /^LC_[A-Z]+$/u.test(name)),
  );
}
