import { type Block, type Column, heading, list, paragraph, table } from '../../src/view/block.js';
import { formatBytes, formatMs, formatPlural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { TypicalWindow } from '../callTree/typicalWindow.js';
import type { GpuUse } from '../gpu/gpuUse.js';
import type { Latency } from '../latency/latency.js';
import type { Partition } from '../partition/partition.js';
import { commandOver } from '../steps/command.js';
import type { AnalysisSource, PageFacts, RunFacts } from './describe.js';

/** The parts of an analysis that this view shows. */
export interface RecordingShown {
  readonly run: RunFacts | null;
  readonly page: PageFacts | null;
  readonly source: AnalysisSource;
  readonly toolVersion: string;
  readonly latency: Latency | null;
  readonly partition: Partition | null;
  readonly gpu: GpuUse | null;
  readonly typicalWindow: TypicalWindow | null;
}

/** What was recorded, and how the numbers were made. */
export const view: View<RecordingShown> = {
  id: 'method',
  title: 'Run and method',
  words: {},
  blocks: (known) => [
    table('Run', columns, factsOf(known)),
    ...lookFurther(known),
    ...(known.latency ? methodBlocks(known) : []),
  ],
  brief: () => [],
};

const LONGEST_COMMAND = 1200;

const further: readonly Column<readonly [what: string, command: string]>[] = [
  { id: 'what', head: 'What', kind: 'text', value: ([what]) => what },
  { id: 'command', head: 'Command', kind: 'code', limit: LONGEST_COMMAND, value: ([, command]) => command },
];

/** How to look further by oneself. No commands where the recording's name cannot stand in one. */
function lookFurther({ source, typicalWindow }: RecordingShown): Block[] {
  const mark = typicalWindow?.mark ?? null;
  const commands = [
    ['All of it as tables, in a notebook of your own', commandOver('notebook', source.name, mark)],
    ...(typicalWindow
      ? ([
          ['The trace in Perfetto, at the typical window', commandOver('perfetto', source.name, mark)],
          [
            'The CPU samples, for DevTools and speedscope',
            commandOver('analyze --cpuprofile samples.cpuprofile', source.name, mark),
          ],
        ] as const)
      : []),
  ] as const;
  const known = commands.flatMap(([what, command]) => (command === null ? [] : [[what, command] as const]));
  return [
    ...(known.length > 0 ? [table('Look further', further, known)] : []),
    ...(typicalWindow ? [paragraph(placeText(typicalWindow))] : []),
  ];
}

const placeText = ({ startUs, endUs, fromStartMs }: TypicalWindow): string =>
  `The typical window, for any viewer of traces: from ${Math.round(startUs)} to ${Math.round(endUs)} µs by the “ts” of events; it begins ${formatMs(fromStartMs)} after the first event.`;

type Fact = readonly [what: string, value: string | null];

const columns: readonly Column<Fact>[] = [
  { id: 'what', head: 'What', kind: 'text', value: ([what]) => what },
  { id: 'value', head: 'Value', kind: 'text', value: ([, value]) => value },
];

function factsOf({ run, page, source, toolVersion }: RecordingShown): Fact[] {
  return [
    ...(page ? pageFacts(page) : run ? runFacts(run) : []),
    ['Source', `${source.name} (${source.kind}${source.complete ? '' : ', incomplete'})`],
    ['Analyzed by', `Inferscope ${toolVersion}`],
  ];
}

function pageFacts({ url, title, opened, fromStart, until, ended, startedAt, id }: PageFacts): Fact[] {
  return [
    ['Page', url],
    ['Title', title === '' ? null : title],
    ['Opened', opened === 'launched' ? 'in a browser of its own' : 'found open'],
    ['Recorded', fromStart ? 'from its first line on' : 'while it ran'],
    ['Was to end', until],
    ['Ended', ended],
    ['Started', startedAt],
    ['Run', id],
  ];
}

const MOST_INPUTS = 8;

function runFacts(run: RunFacts): Fact[] {
  const inputs = run.inputs.slice(0, MOST_INPUTS).map(({ name, type, shape }) => `${name}: ${type} ${shape.join(' × ')}`);
  return [
    ['Model', `${run.model}, ${formatBytes(run.modelBytes)}`],
    ['Inputs', inputs.length > 0 ? inputs.join('; ') : null],
    ['Framework', `${run.framework} ${run.frameworkVersion}, ${run.backend}`],
    ['Threads', run.threads === run.threadsAsked ? String(run.threads) : `${run.threads} (asked for ${run.threadsAsked})`],
    ...(run.simd === null ? [] : [['SIMD', run.simd ? 'on' : 'off'] as const]),
    ['Runs on', run.on === 'worker' ? 'a worker' : 'the main thread'],
    ['Page isolated', run.crossOriginIsolated ? 'yes' : 'no: no threads, coarse timers'],
    ['Rounds', `${run.rounds}, seed ${run.seed}`],
    ['Started', run.startedAt],
    ['Run', run.id],
  ];
}

const methodBlocks = (known: RecordingShown): Block[] => [
  heading('How the numbers were made'),
  list(known.page ? PAGE_METHOD : runMethod(known)),
];

const ONE_CAUSE = 'has exactly one cause, followed along the critical path; what no rule claims is unattributed.';

const PAGE_METHOD = [
  'The page was recorded as it ran: latency and causes are of the same inferences, all of them while recording.',
  'Intervals of 95 % are drawn from these inferences again (bootstrap); they know nothing of another time, process or machine. Of fewer than five there is none.',
  `Every microsecond of an inference ${ONE_CAUSE}`,
];

function runMethod({ run, latency, partition, gpu }: RecordingShown): string[] {
  const rounds = run ? `${formatPlural(run.rounds, 'round')} over ${formatPlural(run.replicates, 'process')}` : 'rounds';
  const settling = latency?.settling;
  return [
    'Latency is of the timing pass, in which nothing records. Causes are of the trace pass. The ratio of the two medians is the observer effect.',
    ...(settling
      ? [
          `The first ${formatPlural(settling.predictions, 'prediction')} of a process do not count: code is still being compiled in them.`,
        ]
      : []),
    `Browser and native ran in turn (A B A B), in ${rounds}, never one after the other.`,
    'Where a process happens to put code and memory makes it a few percent faster or slower for as long as it lives. So the timing pass is repeated in several fresh processes, medians are averaged over them, and 95 % intervals are Student’s, of those medians: where another run would fall. With fewer than three processes whole rounds are drawn again instead (cluster bootstrap), and the interval knows nothing of other processes; of fewer than five rounds there is none.',
    ...(partition ? [`Every microsecond of a window ${ONE_CAUSE}`] : []),
    ...(gpu
      ? [
          'In the trace pass alone, the page’s GPU calls go through a layer that writes them down with their place in the script; what that costs is part of the observer effect. WebGPU passes are timed by timestamps of the device, WebGL by the length of a stretch of draws, where the browser allows it.',
        ]
      : []),
  ];
}
