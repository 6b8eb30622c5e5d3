import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openInBrowser } from './openInBrowser.js';

/**
 * Says where a report is: its address on stderr, or with `quiet` its path on stdout, as the only line.
 * @param open also opens it in the user’s browser
 */
export function sayReport(path: string, { quiet, open }: { readonly quiet: boolean; readonly open: boolean }): void {
  const { href } = pathToFileURL(path);
  if (quiet) process.stdout.write(`${relative('.', path)}\n`);
  else process.stderr.write(`Report: ${href}\n`);
  if (open && !openInBrowser(href))
    process.stderr.write('There is no screen here to open it on: DISPLAY and WAYLAND_DISPLAY are not set.\n');
}
