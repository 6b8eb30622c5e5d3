import { fillOf, NOTHING_FILL, UNKNOWN_FILL } from '../../src/view/palette.js';
import { gpu, page as pageCauses } from '../partition/causes/index.js';

interface Part {
  readonly title: string;
  readonly meaning: string;
  readonly fill: string;
}

/** What stands between opening a page and the end of its first inference, in the order in which it usually comes. */
export const parts = {
  network: {
    title: 'Download',
    meaning:
      'Waiting for bytes from the network, when nothing that the page needs was computed; Wasm that is decoded as it arrives is hidden here.',
    fill: fillOf('start', 'network'),
  },
  diskCache: {
    title: 'Disk cache',
    meaning: 'Waiting for bytes that the browser kept of an earlier visit.',
    fill: fillOf('start', 'diskCache'),
  },
  serviceWorker: {
    title: 'Service worker',
    meaning: 'Waiting for a response by way of a service worker.',
    fill: fillOf('start', 'serviceWorker'),
  },
  script: {
    title: 'Scripts',
    meaning: 'Compiling and running JavaScript, and Wasm that no mark tells apart from it.',
    fill: pageCauses.script.fill,
  },
  page: {
    title: 'Page',
    meaning: 'Other tasks of the page: reading HTML, layout, drawing, taking up responses.',
    fill: fillOf('start', 'page'),
  },
  decode: {
    title: 'Decoding Wasm',
    meaning: 'Taking the bytes of a module and checking them, as far as the download did not hide it.',
    fill: fillOf('compile', 'decode'),
  },
  codeCache: {
    title: 'Reading the code cache',
    meaning: 'Taking compiled Wasm of an earlier visit from disk.',
    fill: fillOf('compile', 'cache'),
  },
  instantiate: {
    title: 'Instantiating',
    meaning: 'Making an instance of a module, start function included.',
    fill: fillOf('compile', 'instantiate'),
  },
  lazy: {
    title: 'Lazy compile',
    meaning: 'Compiling a Wasm function when it is first called, or right before: the caller waits.',
    fill: fillOf('compile', 'lazy'),
  },
  session: {
    title: 'Session',
    meaning: 'The rest of creating the session: reading the model, optimizing its graph, setting up.',
    fill: fillOf('start', 'session'),
  },
  pipelines: {
    title: 'Shaders and pipelines',
    meaning: 'The GPU process making programs while the page waits.',
    fill: gpu.compile.fill,
  },
  upload: {
    title: 'Upload and read-back',
    meaning: 'The GPU process moving bytes to and from the device while the page waits.',
    fill: gpu.transfer.fill,
  },
  run: {
    title: 'First run',
    meaning: 'The rest of the first inference: computing, and on a GPU waiting for it.',
    fill: fillOf('start', 'run'),
  },
  threads: {
    title: 'Other threads',
    meaning: 'Other threads of the page working while the one that infers waits.',
    fill: fillOf('start', 'threads'),
  },
  harness: {
    title: 'Harness',
    meaning: 'Nothing was asked of the page yet: the harness is on its way to the next step. Pages of yours have none of it.',
    fill: NOTHING_FILL,
  },
  unattributed: {
    title: 'Unattributed',
    meaning: 'Nothing that the trace shows was done or waited for.',
    fill: UNKNOWN_FILL,
  },
} as const satisfies Readonly<Record<string, Part>>;

export type PartId = keyof typeof parts;

export const partIds = Object.keys(parts) as readonly PartId[];
