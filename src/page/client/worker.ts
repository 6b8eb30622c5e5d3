import { z } from 'zod';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { readTrace } from '../../bundle/readTrace.js';
import { type Platform, readInput, symbolsIn } from '../../readInput.js';
import { renderReport } from '../../report/renderReport.js';
import { inertJson } from '../../text/inertJson.js';
import { formatBytes } from '../../view/format.js';
import { DecodedModules } from '../../wasm/decodedModules.js';
import { blobFile } from '../blobFile.js';
import { explain } from '../explain.js';
import type { PageAnswer, PageRequest } from '../protocol.js';
import { sourcesOf } from '../sourcesOf.js';
import { streamGunzip } from '../streamGunzip.js';

// Otherwise it tries whether it may make code from text, and the page forbids it.
z.config({ jitless: true });

const PROGRESS_EVERY_MS = 100;

const answer = (message: PageAnswer): void => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<PageRequest>) =>
  analyzeAll(data).catch((error: unknown) => answer({ kind: 'refused', refused: [explain(error)] }));

/** An input that cannot be read does not hide the others. */
async function analyzeAll({ files, mark, symbols, toolVersion, client }: PageRequest): Promise<void> {
  const names = symbols && symbolsIn(await blobFile(symbols, symbols.name).whole(), symbols.name);
  const platform: Platform = { toolVersion, readTrace: (file, options) => readTrace(file, streamGunzip, options) };
  const decoded = new DecodedModules();
  const analyses: Analysis[] = [];
  const refused: string[] = [];
  const sources = sourcesOf(files);
  for (const [place, { name, open }] of sources.entries()) {
    const which = sources.length === 1 ? name : `${name} (${place + 1} of ${sources.length})`;
    const reading = every(PROGRESS_EVERY_MS, ({ readBytes, totalBytes }: { readBytes: number; totalBytes: number }) =>
      answer({
        kind: 'progress',
        text: `Reading ${which}: ${formatBytes(readBytes)} of ${formatBytes(totalBytes)}`,
        share: totalBytes === 0 ? null : readBytes / totalBytes,
      }),
    );
    try {
      answer({ kind: 'progress', text: `Reading ${which}`, share: null });
      const input = await readInput(await open(), names, platform, { mark, onProgress: reading });
      answer({ kind: 'progress', text: `Analyzing ${which}`, share: null });
      analyses.push(analyze(input, decoded));
    } catch (error) {
      refused.push(explain(error));
    }
  }
  if (analyses.length === 0) return answer({ kind: 'refused', refused });
  answer({ kind: 'progress', text: 'Writing the report', share: null });
  // As of the command: the shape depends on how many were given, not on how many could be read.
  const json = `${inertJson(sources.length === 1 ? analyses[0] : analyses)}\n`;
  answer({ kind: 'done', report: renderReport(analyses, client), json, refused });
}

/** Passes on at most one call in so many ms. */
function every<T>(ms: number, call: (value: T) => void): (value: T) => void {
  let next = 0;
  return (value) => {
    const now = performance.now();
    if (now < next) return;
    next = now + ms;
    call(value);
  };
}
