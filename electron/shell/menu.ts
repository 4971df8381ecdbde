import type { Menu, MenuItemConstructorOptions } from 'electron';

type Menus = Pick<typeof Menu, 'setApplicationMenu' | 'buildFromTemplate'>;

/** On a Mac the keys for copying, pasting and quitting exist only through a menu. */
const MAC: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }];

/** No menu where none is needed. Has to run before the application is ready. */
// SECURITY: the runtime's own menu would hold reload, developer tools and new windows.
export function setupMenu(menu: Menus, platform: NodeJS.Platform): void {
  menu.setApplicationMenu(platform === 'darwin' ? menu.buildFromTemplate(MAC) : null);
}
