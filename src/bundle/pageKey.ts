import type { RungPage } from './rungPage.js';

/** The same text for the same page. */
export const pageKey = ({ isolated, modules, build, framework, session }: RungPage): string =>
  JSON.stringify([isolated, modules, build, framework, session]);
