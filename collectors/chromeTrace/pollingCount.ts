import type { Manifest } from '../../src/bundle/manifest.js';
import type { FoundEvent } from './dropEvents.js';
import { pollingEvent } from './pollingEvent.js';

export type Dropped = NonNullable<NonNullable<Manifest['trace']>['dropped']>;

/** Tells the GPU process’s polling, and counts it. */
export interface PollingCount {
  drops(event: FoundEvent): boolean;
  dropped(): Dropped;
}

export function pollingCount(): PollingCount {
  let events = 0;
  const names = new Set<string>();
  return {
    drops(event) {
      const { name, durationUs, phase } = event;
      if (phase !== 'X' || !pollingEvent({ name, durationUs, postedFrom: event.postedFrom() })) return false;
      events++;
      names.add(name);
      return true;
    },
    dropped: () => ({ events, names: [...names].sort() }),
  };
}
