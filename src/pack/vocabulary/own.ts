import { lines, vocabulary, words } from '../shape.js';

/** Words that our own documents are written with: their schemas, and what has one of several values. */
const values = words(`
  inferscope.run/# inferscope.page/# inferscope.baseline/# inferscope.kernels/# inferscope.gpu/# inferscope.sched/#
  inferscope.memory/# inferscope.wasm/# inferscope.counts/# inferscope.heaps/# inferscope.qoe/# inferscope.accuracy/# inferscope.video/# inferscope.visits/#
  as-served bytes
  recording complete incomplete done unavailable failed not-asked hardware software off
  ort tfjs wasm webgl webgl2 webgpu cpu onnx tensorflow onnxruntime native browser worker main none
  before after timing trace page frame dedicated shared service launched attached error warning exception request
  scalar simd128 timestamps elapsed adapter device create run release
  load setup warm-up settling prediction blank dispose operators placement counts memory
  lacks moved small reads
  shipped fused same fma width width.fma isolation
  anew outputs-left fixed-shapes captured-graph
  build session io shapes graph library build.asyncify build.jsep build.jspi build.threaded build.compat build.relaxed
  asyncify jsep jspi threaded compat relaxed library.ort library.tfjs library.litert
  add toggle remove text-lines boxes class frame_index id
  float32 float16 float64 int64 int32 int16 int8 uint64 uint32 uint16 uint8 bool
  tier.baseline runtime.tier runtime.stack runtime.bounds isa.simd isa+library gpu.webgl gpu.browser contention.page
  threads threads.# threads.isolation simd.off used
  --liftoff-only --no-liftoff --no-wasm-stack-checks --no-wasm-bounds-checks --wasm-revectorize
  SameOrigin SameOriginPlusCoep SameOriginAllowPopups SameOriginAllowPopupsPlusCoep RestrictProperties
  RestrictPropertiesPlusCoep NoopenerAllowPopups UnsafeNone None Credentialless RequireCorp`);

/** Sentences of the collectors. `#` is a number. */
const sentences = lines(`
  prediction, before the trace pass
  prediction, after the trace pass
  after # s
  by the user
  by a key
  by SIGUSR#
  by SIGINT
  by SIGTERM
  stopped by SIGINT
  stopped by SIGTERM
  # calls of the GPU’s API
  # calls into Wasm
  # threads read
  # threads sampled
  # processes sampled
  # samples of # threads
  # samples of # threads, without Chrome’s own trace
  # bytes compressed
  # Wasm modules captured
  # operators in the browser and # natively, over # predictions
  No time per operator: the operators pass was not asked for.
  what # Wasm functions execute
  No count of what is executed: the counts pass was not asked for.
  No memory over the run: the memory pass was not asked for.
  No time per operator: onnxruntime-web tells none on webgl.
  Processes (smaps_rollup) and heaps every # ms, Wasm memories and tensors as they are made
  Processes (smaps_rollup) and heaps every # ms, Wasm memories and tensors as they are made; # predictions
  as ONNX Runtime placed the nodes of its optimized graph
  as the kernels of one prediction started programs on the device or did not
  No native TF.js: @tensorflow/tfjs-node is not installed. Run "npm install @tensorflow/tfjs-node" to have it.
  /proc schedstat every # ms
  onnxruntime-node #, CPU
  ONNX twin, onnxruntime-node #, CPU
  tfjs-node #, CPU
  onnxruntime-web #, wasm
  onnxruntime-web #, webgpu
  onnxruntime-web #, webgl
  TensorFlow.js #, wasm
  TensorFlow.js #, webgpu
  TensorFlow.js #, webgl
  onnxruntime-node #, WebGPU (software: SwiftShader)
  ONNX twin, onnxruntime-node #, WebGPU (software: SwiftShader)
  the baseline has no such output
  # values differ`);

const isVersion = (text: string): boolean => /^v?\d{1,6}(\.\d{1,6}){0,3}(-[a-z]{2,6}\.?\d{0,4})?$/.test(text);
const known = vocabulary([...values, ...sentences]);

/** A word or sentence of our own documents, or a version. */
export const isPhrase = (text: string): boolean => known(text) || isVersion(text);

/** Names of collectors, which are keys. */
export const isCollector = vocabulary(
  words(`trace samples modules gpu scheduling baseline tfjsNode placement kernels kernel-samples memory qoe accuracy video wasm
    heaps ladder counts visits`),
);

/** Parts of the names of our own user timing: `inferscope:<run>:iteration:3:start`. */
export const isOwnPart = vocabulary(
  words('inferscope gpu page wasm thread setup warm-up settling iteration profiled qoe start end video accuracy #'),
);

/** Sentences of a page that findings rest on: see analyzers/pageState/. */
export const RESTED_UPON = [
  /\benv\.wasm\.numThreads is set to \d{1,6}, but this will not work unless you enable crossOriginIsolated\b/,
  /\bwebgpu\b/i,
  /\bnavigator\.gpu\b/i,
];
