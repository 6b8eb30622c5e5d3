import { createRequire } from 'node:module';
import type * as Playwright from 'playwright-core';

const require = createRequire(import.meta.url);

/** Playwright's Chromium. Loading it takes a second of CPU time, so it is loaded at the first use. */
export const chromium = (): typeof Playwright.chromium => (require('playwright-core') as typeof Playwright).chromium;
