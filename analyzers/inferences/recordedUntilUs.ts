import type { Search } from './finder.js';

/** Recording ends a little after it is asked to. */
const SLACK_US = 1_000_000;

/** What a page claims to have lasted longer than this it made up; undefined where the end of the recording is not known. */
export function recordedUntilUs({ page }: Search): number | undefined {
  return page?.recorded ? page.recorded.endUs + SLACK_US : undefined;
}
