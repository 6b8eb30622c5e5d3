import type { TerminalOptions } from '../report/terminal/screen.js';

/** How stdout is drawn on: with lines of its width where it is a terminal, and colours unless they are not wanted (https://no-color.org). */
export function terminalOptions({ isTTY, columns }: NodeJS.WriteStream = process.stdout): TerminalOptions {
  // Some terminals do not tell their width.
  const width = isTTY ? columns || 80 : null;
  return { width, color: isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb' };
}
