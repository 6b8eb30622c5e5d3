import type { PageFacts } from '../../analyzers/recording/describe.js';

/** A page that was launched and recorded from its first line on. */
export function buildPage(overrides: Partial<PageFacts> = {}): PageFacts {
  return {
    id: 'p1',
    startedAt: '2026-11-23T09:12:44.120Z',
    url: 'http://127.0.0.1/app',
    title: 'An app',
    opened: 'launched',
    fromStart: true,
    until: 'after 10 s',
    ended: 'after 10 s',
    notes: [],
    ...overrides,
  };
}
