import { resolve } from 'node:path';
import { z } from 'zod';
import { CollectError } from '../../../collectors/collectError.js';
import { askedOf } from '../../bundle/asked.js';
import { collectIntoFolder } from '../../cli/collectFromPage.js';
import { pageRequest } from '../../cli/pageRequest.js';
import { tool } from '../tool.js';

const SECONDS = 10;
const MOST_SECONDS = 300;

const output = z.object({
  bundle: z.string().describe('Path of the new recording, for the other tools.'),
  status: z.enum(['complete', 'incomplete']),
  reason: z.string().nullable().describe('Why it is incomplete.'),
  holds: z.string(),
});

export const record = tool({
  name: 'record',
  title: 'Record a page',
  description:
    'Opens a page in a browser of its own (headless, empty profile), records it from its first line, and keeps the recording as a new bundle, whose path it gives. The page must run its inferences by itself within that time. Takes the seconds asked for and some more; it can be cancelled. Nothing else should run on the machine meanwhile.',
  input: z.object({
    url: z.string().min(1).max(4000).describe('Address of the page: http or https.'),
    seconds: z.number().min(1).max(MOST_SECONDS).default(SECONDS).describe(`How long to record. Default: ${SECONDS}.`),
    mark: z.string().min(1).max(1000).optional().describe('User timing of the page that is an inference, if it makes one.'),
  }),
  output,
  readOnly: false,
  async answer({ url, seconds, mark }, { recordings, progress, signal }) {
    const asked = { mark, duration: `${seconds}s` };
    const request = pageRequest({ ...NOTHING_ELSE, url, ...asked }, [])!;
    const recording = { ...request, asked: askedOf(asked), baseline: null, finished: new AbortController().signal };
    const { folder, result } = await collectIntoFolder(recording, progress, signal, recordings.folder);
    if (result.status === 'discarded')
      throw new CollectError(`Nothing was recorded, so there is no bundle: ${result.reason ?? 'no reason is known'}`);
    const { status, reason, holds } = result;
    const bundle = resolve(folder);
    return {
      data: { bundle, status, reason, holds },
      head: status === 'complete' ? 'Recorded.' : 'Recorded in part: the bundle is marked incomplete.',
      lines: [bundle, ...(reason === null ? [] : [reason]), `It holds ${holds}.`],
      next: 'Next: is_it_valid, why_slow, steps, my_code with this bundle.',
    };
  },
});

/** What the command line can say of a page, and a tool does not. */
const NOTHING_ELSE = {
  attach: undefined,
  tab: undefined,
  until: undefined,
  reload: undefined,
  last: undefined,
  iterations: undefined,
  out: undefined,
} as const;
