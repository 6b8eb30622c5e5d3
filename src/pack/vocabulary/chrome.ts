import { lines, vocabulary, words } from '../shape.js';
import { eventNames } from './events.js';

export const isEvent = vocabulary(eventNames);

/**
 * Begins of event names that say to finders what an event is. Where another version of Chrome has a name that is not known, its begin
 * is kept. The longer ones come first.
 */
export const prefixes: readonly string[] = words(`
  V8.GC_MC_INCREMENTAL V8.GC_MINOR_MS V8.GC_MARK_COMPACTOR V8.GC_SCAVENGER V8.GC_MC_ V8.GC_ V8.GCIncrementalMarking V8.GCScavenger
  V8.GCFinalizeMC V8.GCCompactor V8.GC V8.Wasm V8.Compile V8.PreParse V8.Parse V8.Optimize V8.Deoptimize V8.Recompile V8.TurboFan
  V8.TF V8.Maglev V8.Sparkplug V8.Baseline V8.LogCode BlinkGC. BlinkGC CppGC. CppGC
  wasm.OnBytesReceived wasm.FinishStreaming wasm.StartStreaming wasm.InitializeStreaming wasm.ValidateFunctions wasm.SyncCompile
  wasm.AsyncCompile wasm.SyncValidate wasm.Decode wasm.Deserialize wasm.Serialize wasm.SetUrl wasm. v8.wasm. v8.compile v8.
  WebGPUImplementation:: WebGPUDecoderImpl:: DawnClientSerializer:: DawnServiceSerializer:: DawnReturnCommands Dawn
  GLES2Implementation:: GLES2:: GLES2 CommandBufferHelper:: CommandBufferProxyImpl:: CommandBufferStub:: CommandQueue::
  ImplementationBase::WaitForCmd ImplementationBase:: ContextVk::finish ContextVk:: Renderer::finish FenceVk QueryVk:: GPUTracer::
  SyncHelper CreatePipelineAsync ANGLEPlatformImpl::RunWorkerTask tint:: ThreadController`);

/** Parts of event names that tell what the GPU process does. */
export const fragments: readonly string[] = words(`
  CreateComputePipeline CreateRenderPipeline ShaderModule Compile Link Translat ProgramExecutable PipelineCache
  readPixels ReadPixels Upload WriteBuffer WriteTexture StageUpdate stageSubresource GetMappedRange MapAsync ::WaitForSerial LogCode`);

export const isCategory = vocabulary(
  words(`
  __metadata toplevel toplevel.flow mojom viz benchmark graphics.pipeline disabled-by-default-display.framedisplayed
  blink.user_timing blink.console blink.animations blink.net loading rail cc cc.debug devtools.timeline devtools.timeline.async blink
  navigation v8 v8.console v8.execute v8.wasm disabled-by-default-v8.gc disabled-by-default-v8.gc_stats
  disabled-by-default-v8.compile disabled-by-default-v8.runtime_stats disabled-by-default-v8.cpu_profiler
  disabled-by-default-v8.cpu_profiler.hires disabled-by-default-v8.wasm.detailed disabled-by-default-v8.wasm.turbofan
  disabled-by-default-v8.stack_trace gpu gpu.angle gpu.dawn gpu.service disabled-by-default-gpu.dawn disabled-by-default-gpu.service
  disabled-by-default-gpu.device disabled-by-default-blink.debug.layout disabled-by-default-blink.debug WebCore
  disabled-by-default-devtools.timeline disabled-by-default-devtools.timeline.frame disabled-by-default-devtools.timeline.stack
  disabled-by-default-devtools.timeline.invalidationTracking disabled-by-default-devtools.timeline.layers
  disabled-by-default-devtools.timeline.picture disabled-by-default-devtools.screenshot disabled-by-default-devtools.v#-source-rundown
  disabled-by-default-devtools.v#-source-rundown-sources disabled-by-default-devtools.target-rundown
  raf_investigation startup interactions latencyInfo input input.scrolling ipc sequence_manager scheduler net netlog evdev sched
  memory disabled-by-default-memory-infra disabled-by-default-lighthouse disabled-by-default-loading base browser renderer
  disabled-by-default-cc disabled-by-default-cc.debug disabled-by-default-toplevel.flow worker.scheduler
  disabled-by-default-worker.scheduler disabled-by-default-renderer.scheduler renderer.scheduler shared_image Node Session
  -* * devtools.timeline.* disabled-by-default-* v8.* gpu.*`),
);

export const isThread = vocabulary(
  lines(`
  swapper
  CrBrowserMain
  CrRendererMain
  CrGpuMain
  CrUtilityMain
  storage.CrUtilityMain
  tracing.CrUtilityMain
  network.CrUtilityMain
  audio.CrUtilityMain
  Compositor
  CompositorTileWorker
  CompositorTileWorker#
  CompositorTileW
  VizCompositorThread
  VizCompositorTh
  PerfettoTrace
  Chrome_IOThread
  Chrome_ChildIOThread
  Chrome_ChildIOT
  Chrome_InProcGpuThread
  DedicatedWorker thread
  DedicatedWorker
  SharedWorker thread
  ServiceWorker thread
  ThreadPoolForegroundWorker
  ThreadPoolForegroundWorker/#
  ThreadPoolBackgroundWorker
  ThreadPoolServiceThread
  ThreadPoolServi
  ThreadPoolForeg
  ThreadPoolBackg
  ThreadPoolPrese
  ThreadPoolAudio
  ThreadPoolSingl
  ThreadPoolSingleThreadSharedForeground
  ThreadPoolSingleThreadForegroundBlocking
  ThreadPoolSingleThreadSharedForegroundBlocking
  ThreadPoolSingleThreadSharedBackgroundBlocking
  v8:ProfEvntProc
  MemoryInfra
  ANGLE-GC
  HangWatcher
  GpuWatchdog
  GpuVSyncThread
  DevToolsPipeHandlerWriteThread
  DevToolsPipeHandlerReadThread
  NetworkService
  Media
  AudioThread
  AudioOutputDevice
  WebCrypto
  Database thread
  chromium
  chrome
  headless_shell
  chrome-headless
  node
  worker
  sandbox_ipc_thr
  CrShutdownDetec
  inotify_reader
  VideoCaptureThr
  DevToolsPipeHan
  dconf worker
  gmain
  Thread<#>
  CacheThread_Blo
  BatchStepsThrea
  `),
);

/** Begins of the names of threads by which finders know their kind. */
export const threadPrefixes: readonly string[] = ['ThreadPool', 'DedicatedWorker', 'CrRendererMain', 'v8:ProfEvntProc'];

export const isProcess = vocabulary(
  lines(`
  Browser
  Renderer
  GPU Process
  Utility
  Zygote
  Service: network.mojom.NetworkService
  Service: storage.mojom.StorageService
  Service: tracing.mojom.TracingService
  Service: audio.mojom.AudioService
  Service: video_capture.mojom.VideoCaptureService
  Extension Renderer
  `),
);

/** What the browser itself reports beside the user timing of pages, by the names of the Navigation and Resource Timing specifications. */
export const isTiming = vocabulary(
  words(`
  workerStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart connectEnd secureConnectionStart
  requestStart responseStart responseEnd navigationStart unloadEventStart unloadEventEnd commitNavigationEnd domLoading
  domInteractive domContentLoadedEventStart domContentLoadedEventEnd domComplete loadEventStart loadEventEnd UserTiming::Measure
  ConsoleMessage::Error ConsoleMessage::Warning`),
);

/** Words in the args of events: kinds of code, of frames and their states, of scopes and of what a user did. */
export const isWord = vocabulary([
  ...words(`
  JS wasm other t p g true false null
  STATE_PRESENTED_ALL STATE_PRESENTED_PARTIAL STATE_DROPPED STATE_NO_UPDATE_DESIRED FORKED BACKFILL REGULAR
  UNKNOWN MOUSE_PRESSED MOUSE_RELEASED MOUSE_WHEEL MOUSE_MOVED MOUSE_DRAGGED KEY_PRESSED KEY_RELEASED TOUCH_PRESSED TOUCH_RELEASED
  TOUCH_MOVED TOUCH_CANCELED GESTURE_SCROLL_BEGIN GESTURE_SCROLL_UPDATE GESTURE_SCROLL_END GESTURE_SHOW_PRESS GESTURE_LONG_PRESS
  GESTURE_LONG_TAP GESTURE_TAP GESTURE_TAP_DOWN GESTURE_TAP_CANCEL GESTURE_TAP_UNCONFIRMED GESTURE_TWO_FINGER_TAP GESTURE_DOUBLE_TAP
  GESTURE_PINCH_BEGIN GESTURE_PINCH_END GESTURE_PINCH_UPDATE FIRST_GESTURE_SCROLL_UPDATE INERTIAL_GESTURE_SCROLL_UPDATE
  INERTIAL_GESTURE_SCROLL_END MOUSE_MOVED_EVENT
  readystatechange pagehide pageshow visibilitychange webkitvisibilitychange unload beforeunload load DOMContentLoaded pagereveal
  resize error abort click dblclick auxclick contextmenu mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave wheel
  mousewheel pointerdown pointerup pointermove pointerover pointerout pointerenter pointerleave pointercancel gotpointercapture
  lostpointercapture keydown keyup keypress input beforeinput change focus blur focusin focusout submit reset select
  selectionchange touchstart touchend touchmove touchcancel scroll scrollend message messageerror compositionstart compositionend
  compositionupdate textInput paste copy cut drag dragstart dragend dragenter dragleave dragover drop transitionstart
  transitionend transitionrun transitioncancel animationstart animationend animationiteration animationcancel play pause playing
  ended timeupdate progress loadstart loadend loadeddata loadedmetadata canplay canplaythrough seeking seeked waiting stalled
  suspend volumechange ratechange durationchange hashchange popstate storage online offline unhandledrejection
  rejectionhandled toggle beforetoggle invalid open close success upgradeneeded complete webglcontextlost webglcontextrestored
  Document Script Stylesheet Image Font Fetch XHR Other Manifest Media Worker SharedWorker ServiceWorker Ping Preflight
  network httpCache cacheStorage fallbackCode unspecified
  text/html text/javascript application/javascript application/wasm application/octet-stream application/json text/css text/plain
  Cache-Control cache-control no-store no-cache private public immutable max-age=#`),
  ...lines(`
  public, max-age=#
  private, max-age=#
  public, max-age=#, immutable
  no-cache, no-store
  no-cache, no-store, must-revalidate
  public, max-age=#, must-revalidate
  public, max-age=#, s-maxage=#
  public, max-age=#, s-maxage=#, immutable
  `),
]);
