import { expect, test } from 'vitest';
import { profileFolders } from '../../../collectors/attach/attachEffects.js';

const folders = (...given: Parameters<typeof profileFolders>) => profileFolders(...given).map(({ folder }) => folder);

test('knows the folders of each system', () => {
  expect(folders('linux', {}, '/home/ada')).toEqual([
    '/home/ada/.config/google-chrome',
    '/home/ada/.config/google-chrome-beta',
    '/home/ada/.config/google-chrome-unstable',
    '/home/ada/.config/chromium',
    '/home/ada/.config/microsoft-edge',
    '/home/ada/.config/BraveSoftware/Brave-Browser',
  ]);
  expect(folders('darwin', {}, '/Users/ada')).toContain('/Users/ada/Library/Application Support/Google/Chrome Canary');
  expect(folders('win32', {}, 'C:\\Users\\Ada')).toContain('C:\\Users\\Ada\\AppData\\Local\\Google\\Chrome\\User Data');
  expect(folders('win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\Ada')).toContain('D:\\Local\\Microsoft\\Edge\\User Data');
});

test('follows the variables that move them on Linux, the browser’s own first', () => {
  const env = { CHROME_CONFIG_HOME: '/c', XDG_CONFIG_HOME: '/x' };
  expect(folders('linux', env, '/home/ada')[0]).toBe('/c/google-chrome');
  expect(folders('linux', { XDG_CONFIG_HOME: '/x' }, '/home/ada')[0]).toBe('/x/google-chrome');
  expect(folders('linux', { CHROME_USER_DATA_DIR: '/own' }, '/home/ada')[0]).toBe('/own');
});
