import { CollectError } from '../collectError.js';

const LINES = 12;

/** @param said what the browser, or who launched it, had to say */
export function didNotStart(executable: string, said: string): CollectError {
  const lines = said.trim().split('\n').slice(0, LINES).join('\n  ');
  return new CollectError(
    `${executable} did not start:\n  ${lines}\nTry it by hand, or name another browser in INFERSCOPE_CHROME.`,
  );
}
