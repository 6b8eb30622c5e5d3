import { expect, test } from 'vitest';
import { profileFolders } from '../../../collectors/attach/attachEffects.js';
import { explainNoChrome } from '../../../collectors/attach/findEndpoint.js';

test('says in five lines what was looked for, where, and how to open Chrome so that it works', () => {
  const text = explainNoChrome([], { folders: profileFolders('linux', {}, '/home/ada'), home: '/home/ada' });
  const lines = text.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('none of these profile folders holds a DevToolsActivePort file');
  expect(lines[1]).toContain('~/.config/google-chrome, ~/.config/google-chrome-beta');
  expect(lines[2]).toMatch(/144.*chrome:\/\/inspect\/#remote-debugging/);
  expect(lines[3]).toMatch(/136.*--remote-debugging-port=9222 --user-data-dir=/);
  expect(lines[4]).toContain('adb forward');
});
