import { z } from 'zod';
import type { Analysis } from '../../analyzers/index.js';
import { errorsOf } from '../../analyzers/pageState/pageState.js';
import { inertText } from '../text/inertText.js';
import { formatPlace } from '../view/format.js';
import { address } from './schemas.js';

const MOST = 3;
const MESSAGE_LIMIT = 300;

export const pageError = z.object({
  text: z.string(),
  script: z.string(),
  line: z.number().nullable(),
  count: z.number(),
});

type PageError = z.input<typeof pageError>;

/** The first errors that a page reported: on its console, exceptions that nobody caught, and requests that failed. */
export const pageErrors = ({ pageState }: Analysis): PageError[] =>
  (pageState ? errorsOf(pageState) : [])
    .slice(0, MOST)
    .map(({ text, url, line, count }) => ({ text: inertText(text, MESSAGE_LIMIT), script: address(url), line, count }));

export const errorLine = ({ text, script, line }: PageError): string =>
  `- the page reported, ${formatPlace(script, line)}: ${text}`;
