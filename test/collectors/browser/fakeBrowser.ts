import { EventEmitter } from 'node:events';
import type { Browser } from 'playwright-core';

/** A browser of Playwright's that is there until it is told to end, and can do nothing else. */
export class FakeBrowser extends EventEmitter {
  #isThere = true;

  isConnected(): boolean {
    return this.#isThere;
  }

  end(): void {
    this.#isThere = false;
    this.emit('disconnected');
  }

  get asBrowser(): Browser {
    return this as unknown as Browser;
  }
}
