import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { loadInput } from '../../src/loadInput.js';
import { keptArgs } from '../../src/trace/keptArgs.js';
import { keptFlows } from '../../src/trace/keptFlows.js';
import { analyzeAndRender } from './analyzed.js';
import { eventsOfRun } from './bundleDocuments.js';
import { byteEdits, edited, editedBytes, edits, hostileNumber, hostileText, hostileValue } from './hostile.js';
import { inTime, orRefused, type Property } from './property.js';
import { inScratchFolder, trap } from './scratchFolder.js';

const names = fc.oneof(
  fc.constantFrom(
    ...Object.keys(keptArgs),
    ...keptFlows,
    'Profile',
    'ProfileChunk',
    'RunTask',
    'process_name',
    'thread_name',
    'PipelineReporter',
    'TimeStamp',
  ),
  hostileText,
);

const data = fc.oneof(
  hostileValue,
  fc.record({
    cpuProfile: fc.record({
      nodes: fc.array(
        fc.record(
          {
            id: fc.integer({ min: 0, max: 9 }),
            parent: fc.integer({ min: 0, max: 9 }),
            children: fc.array(fc.integer({ min: 0, max: 9 })),
            callFrame: fc.record({
              functionName: names,
              url: hostileText,
              codeType: fc.constantFrom('JS', 'wasm', 'other'),
              lineNumber: hostileNumber,
              columnNumber: hostileNumber,
            }),
          },
          { requiredKeys: ['id'] },
        ),
      ),
      samples: fc.array(fc.integer({ min: 0, max: 9 })),
    }),
    timeDeltas: fc.array(hostileNumber),
    startTime: hostileNumber,
    url: hostileText,
  }),
);

const event = fc.record(
  {
    ph: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...'XBEbneSTpFIiRCsfPM') }, { weight: 1, arbitrary: hostileText }),
    name: names,
    cat: fc.oneof(fc.constantFrom('blink.user_timing', 'toplevel', 'v8', 'blink.console'), hostileText),
    ts: hostileNumber,
    dur: hostileNumber,
    tdur: hostileNumber,
    tts: hostileNumber,
    pid: fc.oneof(fc.integer({ min: 1, max: 3 }), hostileNumber),
    tid: fc.oneof(fc.integer({ min: 1, max: 3 }), hostileNumber),
    id: fc.oneof(fc.integer({ min: 0, max: 3 }), hostileText),
    id2: fc.record({ local: hostileText }),
    scope: hostileText,
    args: fc.oneof(
      hostileValue,
      fc.record({ data, name: hostileText, labels: hostileText, frame_reporter: fc.record({ state: hostileText }) }),
    ),
  },
  { requiredKeys: ['ph'] },
);

const written = fc.record({
  traceEvents: fc.array(event, { maxLength: 60 }),
  metadata: fc.dictionary(hostileText, hostileValue, { maxKeys: 5 }),
});
const changed = edits.map((changes) => edited({ traceEvents: eventsOfRun() }, changes));

const onDisk = fc.record({
  document: fc.oneof(written, changed),
  isArray: fc.boolean(),
  isPacked: fc.boolean(),
  damage: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: byteEdits }),
  mark: fc.option(fc.constantFrom('*', 'a*', 'inferscope:*', '')),
});

/** A trace of events that somebody wrote, or of a run that was changed; JSON or gzip, whole or damaged. */
export const traces: Property = {
  name: 'traces',
  runs: 60,
  property: fc.asyncProperty(onDisk, ({ document, isArray, isPacked, damage, mark }) =>
    inTime(() =>
      inScratchFolder(async (folder) => {
        const traceEvents = (document as { traceEvents?: unknown } | null)?.traceEvents;
        const text = new TextEncoder().encode(JSON.stringify(isArray ? (traceEvents ?? null) : document) ?? '');
        const bytes = editedBytes(isPacked ? gzipSync(text) : text, damage);
        const path = join(folder, 'trace.json');
        await writeFile(path, bytes);
        await trap(folder, 'report.html');
        await orRefused(() => readTraceFile(path, { maxTableBytes: 1e6, maxInflatedBytes: 1e6 }));
        const input = await orRefused(() => loadInput(path, { mark }));
        if (input) await analyzeAndRender(input, folder);
      }),
    ),
  ) as unknown as Property['property'],
};
