import { CollectError } from '../collectError.js';
import type { HarnessFailure } from './failure.js';

/** A request to the harness page failed, and the page knows why. Its message is the framework's own words. */
export class HarnessError extends CollectError {
  constructor(
    message: string,
    readonly failure: HarnessFailure,
    /** What the page was doing: "set-up", "the warm-up", "a prediction". */
    readonly during: string,
  ) {
    super(message);
  }
}
