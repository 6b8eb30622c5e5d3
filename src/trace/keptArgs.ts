/**
 * The args that are kept in the table `args`: per event name, the paths inside its args; `[]` is every element of an array, a row each.
 * All others are skipped, for they are most of a trace's bytes and hardly any is asked for. A new one is a line here.
 */
export const keptArgs: Readonly<Record<string, readonly string[]>> = {
  'CommandBufferService:PutChanged': ['handler'],
  CompileScript: ['data.url'],
  EvaluateScript: ['data.url'],
  EventDispatch: ['data.type'],
  EventLatency: ['event_latency.event_type', 'event_latency.surface_frame_trace_id'],
  EventTiming: ['data.type', 'data.interactionId', 'data.timeStamp', 'data.processingStart', 'data.processingEnd'],
  FunctionCall: ['data.url', 'data.functionName'],
  MajorGC: ['usedHeapSizeBefore', 'usedHeapSizeAfter'],
  MinorGC: ['usedHeapSizeBefore', 'usedHeapSizeAfter'],
  ResourceFinish: ['data.requestId', 'data.decodedBodyLength', 'data.didFail'],
  ResourceMarkAsCached: ['data.requestId'],
  ResourceReceiveResponse: [
    'data.requestId',
    'data.fromCache',
    'data.fromServiceWorker',
    'data.serviceWorkerResponseSource',
    'data.mimeType',
    'data.headers[].name',
    'data.headers[].value',
  ],
  ResourceSendRequest: ['data.requestId', 'data.url', 'data.resourceType'],
  TimerFire: ['data.timerId'],
  TimerInstall: ['data.timerId', 'data.timeout'],
  TracingStartedInBrowser: ['data.frames[].url', 'data.frames[].processId', 'data.frames[].frame'],
  UpdateCounters: ['data.jsHeapSizeUsed'],
  'V8.GCFinalizeMC': ['usedHeapSizeBefore', 'usedHeapSizeAfter'],
  'V8.GCScavenger': ['usedHeapSizeBefore', 'usedHeapSizeAfter'],
  navigationStart: ['data.documentLoaderURL', 'data.isOutermostMainFrame'],
  'v8.compile': ['data.url'],
  'v8.compileModule': ['data.url'],
  'v8.parseOnBackground': ['data.url'],
  'v8.wasm.cachedModule': ['producedCacheSize'],
  'v8.wasm.compiledModule': ['url'],
  'v8.wasm.moduleCacheHit': ['url', 'consumedCacheSize'],
  'WebGPUDecoderImpl::HandleDawnCommands': ['bytes'],
  'wasm.CompileBaseline': ['funcIndex', 'bodySize'],
  'wasm.CompileLazy': ['func_index'],
  'wasm.GetNativeModuleFromCache': ['wire_bytes'],
  'wasm.OnBytesReceived': ['bytes'],
  'wasm.SetUrl': ['url'],
};

/** The same by the end of the event name, where its begin is the name of something. */
export const keptArgsOfSuffix: Readonly<Record<string, readonly string[]>> = {
  // ONNX Runtime’s own profile: the execution of a node of the graph.
  _kernel_time: ['op_name', 'provider', 'input_type_shape', 'output_type_shape'],
};

/** The paths that are kept of the args of events of that name; empty if there are none. */
export function keptArgsOf(name: string): readonly string[] {
  if (Object.hasOwn(keptArgs, name)) return keptArgs[name]!;
  const suffix = Object.keys(keptArgsOfSuffix).find((each) => name.endsWith(each));
  return suffix === undefined ? [] : keptArgsOfSuffix[suffix]!;
}
