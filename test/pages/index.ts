/** A page of the tests, as a user would have written it: it knows nothing of Inferscope. */
export interface TestPage {
  readonly id: string;
  readonly title: string;
  /** On the server's main origin. */
  readonly path: string;
  /** What the browser is to be launched for, see `launchFor`: what the page computes on. Null: it infers nothing. */
  readonly backend: 'wasm' | 'webgl' | 'webgpu' | null;
  /** Whose thread the inferences belong to: the page's, a worker's, or that of a frame of another site, which has a process of its own. */
  readonly realm: 'main' | 'worker' | 'frame';
  /** That compute in an inference, the caller's included. */
  readonly threads: number;
  /** Whether it is served with the headers that threads need, and so has a clock of 5 µs. */
  readonly isolated: boolean;
  /** How many pages it is, one after the other. Each loads its model anew. */
  readonly documents: number;
  /** Name of the page's own user timing, one measure per inference; null if it has none. */
  readonly measure: string | null;
  /** Name of the framework's own mark of an inference, a console.time; null if it leaves none. */
  readonly frameworkMark: string | null;
}

const ordinary = {
  backend: 'wasm',
  realm: 'main',
  threads: 1,
  isolated: false,
  documents: 1,
  measure: null,
  frameworkMark: null,
} as const;
const page = (id: string, title: string, facts: Partial<TestPage> = {}): TestPage => ({
  ...ordinary,
  id,
  title,
  path: `/${id}/`,
  ...facts,
});
const THREADS = { threads: 2, isolated: true };
const AFTER_5 = '/navigates/?after=5';

/**
 * The pages that collecting from a URL and from an open Chrome is tested with. Each but `no-inference` infers four times a second, and
 * keeps a log of it (`PageLogEntry`). The last four do what they can to crash, flood, fool or fill whoever looks.
 */
export const testPages: readonly TestPage[] = [
  page('ort-main', 'onnxruntime-web on the main thread'),
  page('user-timing', 'the same, with a user-timing measure around each inference', { measure: 'detect text' }),
  page('ort-trace', 'the same, with ort.env.trace: ONNX Runtime marks what it does', {
    frameworkMark: 'ORT::InferenceSession.run',
  }),
  page('ort-worker', 'onnxruntime-web in a worker, two threads', { ...THREADS, realm: 'worker' }),
  page('tfjs-webgl', 'TensorFlow.js on WebGL', { backend: 'webgl' }),
  page('transformers-wasm', 'a pipeline of transformers.js on Wasm, its Wasm from the browser’s cache'),
  page('transformers-webgpu', 'a pipeline of transformers.js on WebGPU', { backend: 'webgpu' }),
  page('pthreads', 'a module as of Emscripten with pthreads, no framework; the main thread spins for the pool', THREADS),
  page('nested', 'onnxruntime-web in a frame of another site in a frame of another site', { realm: 'frame' }),
  page('navigates', 'goes on to a second page of the same site, which infers too', { path: AFTER_5, documents: 2 }),
  page('navigates-away', 'goes on to a second page of another site', { path: `${AFTER_5}&host=localhost`, documents: 2 }),
  page('no-inference', 'animation, timers, sorting, hashing', { backend: null, threads: 0 }),
  page('throwing-hooks', 'changes performance, console, Worker and JSON so that they throw or lie'),
  page('timing-flood', 'twenty thousand marks and measures a second, some named like those of others'),
  page('hostile-names', 'markup and terminal escapes for names: title, worker, functions, scripts, marks'),
  page('huge-memory', 'a Wasm memory of 2 GiB that nobody touches'),
];
