/**
 * Names of Chrome's trace events: those of the recorded bundles, those that DevTools knows, and those of V8, its garbage collectors,
 * Wasm and the GPU process that Chromium 156 holds. They are constants of the browser; a page names nothing but its user timing.
 */
export const eventNames: readonly string[] = `
  ANGLEPlatformImpl::RunWorkerTask | AbortPostTaskCallback | AcceptCHFrameObserver.copy | ActivateLayerTree | Activation |
  ActiveProcesses | Animation | AnimationFrame | AnimationFrame::Presentation | AnimationFrame::Render |
  AnimationFrame::Script::Compile | AnimationFrame::Script::Execute | AnimationFrame::StyleAndLayout |
  AnimationHost::TickAnimations | ArrayBufferSweeper Finished | AsyncTask | Atomic |
  BackForwardCacheBufferLimitTracker::DidRemoveFrameOrWorkerFromBackForwardCache | BackgroundJSStreamManager::OnDataPipeReadable |
  BackgroundJSStreamManager::OnFinishStreaming | BackgroundJSStreamManager::RunScriptStreamingTask |
  BackgroundJSStreamManager::TryStartStreamingTask | BackgroundProcessor::MaybeStartProcessingResponse |
  BeginCommitCompositorFrame | BeginFrame | BeginImplFrameToSendBeginMainFrame | BeginMainThreadFrame | BeginRemoteFontLoad |
  BenchmarkInstrumentation::DisplayRenderingStats | BenchmarkInstrumentation::ImplThreadRenderingStats |
  BlinkGC.AllocatedObjects | BlinkGC.AtomicPhase | BlinkGC.Main.Heap | BlinkGC.Main.Heap.AllocatedObjects |
  BlinkGC.Main.Heap.Fragmentation | BlinkScheduler_PerformMicrotaskCheckpoint | BrowserMainToRendererCompositor |
  BrowserRasterWorker | Buffer::APIMapAsync | CacheHit | CalculateRenderSurfaceLayerList | CancelAnimationFrame |
  CancelIdleCallback | ClearNonTrivialWeakRefs started | ClearStringTableJob started | ClearTrivialWeakRefJob started |
  ClearTrustedWeakRefJob started | ClearWeaknessProcessor start | ClientSharedImage::Map | Closed mojo endpoint |
  CommandBuffer::Flush | CommandBuffer::FlushComplete | CommandBuffer::OrderingBarrier | CommandBufferGL::Execute |
  CommandBufferHelper::Finish | CommandBufferHelper::Flush | CommandBufferHelper::WaitForAvailableEntries |
  CommandBufferHelper::WaitForAvailableEntries1 | CommandBufferProxyImpl::Flush | CommandBufferProxyImpl::Initialize |
  CommandBufferProxyImpl::OrderingBarrier | CommandBufferProxyImpl::WaitForGetOffset | CommandBufferProxyImpl::WaitForToken |
  CommandBufferService::Paused | CommandBufferService:PutChanged | CommandBufferStub::OnAsyncFlush |
  CommandBufferStub::OnDestroyTransferBuffer | CommandBufferStub::OnParseError | CommandBufferStub::OnRegisterTransferBuffer |
  CommandBufferStub::PerformWork | CommandBufferStub::SetGetBuffer | CommandBufferStub::WaitForGetOffsetInRange |
  CommandBufferStub::WaitForTokenInRange | CommandBufferVk::RecordCommands | CommandQueue::handleDeviceLost |
  CommandQueue::queueSubmitLocked | CommandQueue::submitCommands | CommandsState::flushOutsideRPCommands |
  CommandsState::flushRenderPassCommands | Commit | CommitLoad | CommitSentToFirstSubresourceLoadStart | Compile/Link (unlocked) |
  CompileEvent::wait | CompileScript | CompositeLayers | CompositorTimingHistory::ClearHistory | ComputeIntersections |
  ComputeWeaknessProcessor start | ConcurrentMarking::RunMajor Finished | ConcurrentMarking::RunMajor Preempted | ConsoleTime |
  ContextCreatedNotification | ContextVk::ContextVk | ContextVk::clearAllGarbage | ContextVk::finishImpl |
  ContextVk::flushAndSubmitCommands | ContextVk::flushAndSubmitOutsideRenderPassCommands | ContextVk::initialize |
  ContextVk::onCopyUpdate | CookieAccessObserver.copy | CorsURLLoader::CorsURLLoader | CorsURLLoader::HandleComplete |
  CorsURLLoader::Start | CorsURLLoader::StartNetworkRequest | CorsURLLoader::StartRequest | CorsURLLoader::~CorsURLLoader |
  CorsURLLoaderFactory::CorsURLLoaderFactory | CorsURLLoaderFactory::CreateLoaderAndStart |
  CorsURLLoaderFactory::GetDevToolsObserver | CppGC.AtomicCompact | CppGC.AtomicCompact.Minor | CppGC.AtomicMark |
  CppGC.AtomicMark.Minor | CppGC.AtomicSweep | CppGC.AtomicSweep.Minor | CppGC.AtomicWeak | CppGC.AtomicWeak.Minor |
  CppGC.ConcurrentMark | CppGC.ConcurrentMark.Minor | CppGC.ConcurrentMarkProcessEphemeronWorklist |
  CppGC.ConcurrentMarkProcessEphemeronWorklist.Minor | CppGC.ConcurrentMarkProcessMarkingWorklist |
  CppGC.ConcurrentMarkProcessMarkingWorklist.Minor | CppGC.ConcurrentMarkProcessNotFullyconstructedWorklist |
  CppGC.ConcurrentMarkProcessNotFullyconstructedWorklist.Minor | CppGC.ConcurrentMarkProcessWriteBarrierWorklist |
  CppGC.ConcurrentMarkProcessWriteBarrierWorklist.Minor | CppGC.ConcurrentSweep | CppGC.ConcurrentSweep.Minor |
  CppGC.ConcurrentWeakCallback | CppGC.ConcurrentWeakCallback.Minor | CppGC.CustomCallbacksProcessing |
  CppGC.CustomCallbacksProcessing.Minor | CppGC.IncrementalMark | CppGC.IncrementalMark.Minor | CppGC.IncrementalSweep |
  CppGC.IncrementalSweep.Minor | CppGC.MarkAtomicEpilogue | CppGC.MarkAtomicEpilogue.Minor | CppGC.MarkAtomicPrologue |
  CppGC.MarkAtomicPrologue.Minor | CppGC.MarkFlushEphemerons | CppGC.MarkFlushEphemerons.Minor | CppGC.MarkIncrementalFinalize |
  CppGC.MarkIncrementalFinalize.Minor | CppGC.MarkIncrementalStart | CppGC.MarkIncrementalStart.Minor | CppGC.MarkOnAllocation |
  CppGC.MarkOnAllocation.Minor | CppGC.MarkProcessBailOutObjects | CppGC.MarkProcessBailOutObjects.Minor |
  CppGC.MarkProcessEphemerons | CppGC.MarkProcessEphemerons.Minor | CppGC.MarkProcessMarkingWorklist |
  CppGC.MarkProcessMarkingWorklist.Minor | CppGC.MarkProcessNotFullyconstructedWorklist |
  CppGC.MarkProcessNotFullyconstructedWorklist.Minor | CppGC.MarkProcessRetraceWorklist | CppGC.MarkProcessRetraceWorklist.Minor |
  CppGC.MarkProcessWriteBarrierWorklist | CppGC.MarkProcessWriteBarrierWorklist.Minor | CppGC.MarkTransitiveClosure |
  CppGC.MarkTransitiveClosure.Minor | CppGC.MarkTransitiveClosureWithDeadline | CppGC.MarkTransitiveClosureWithDeadline.Minor |
  CppGC.MarkVisitCrossThreadPersistents | CppGC.MarkVisitCrossThreadPersistents.Minor |
  CppGC.MarkVisitNotFullyConstructedObjects | CppGC.MarkVisitNotFullyConstructedObjects.Minor | CppGC.MarkVisitPersistents |
  CppGC.MarkVisitPersistents.Minor | CppGC.MarkVisitRememberedSets | CppGC.MarkVisitRememberedSets.Minor | CppGC.MarkVisitRoots |
  CppGC.MarkVisitRoots.Minor | CppGC.MarkVisitStack | CppGC.MarkVisitStack.Minor | CppGC.ProcessGlobalLock |
  CppGC.SweepEmptyPages | CppGC.SweepEmptyPages.Minor | CppGC.SweepFinalizeEmptyPages | CppGC.SweepFinalizeEmptyPages.Minor |
  CppGC.SweepFinalizeSweptPages | CppGC.SweepFinalizeSweptPages.Minor | CppGC.SweepFinish | CppGC.SweepFinish.Minor |
  CppGC.SweepFinishIfOutOfWork | CppGC.SweepFinishIfOutOfWork.Minor | CppGC.SweepInLowPriorityTask |
  CppGC.SweepInLowPriorityTask.Minor | CppGC.SweepInTask | CppGC.SweepInTask.Minor | CppGC.SweepInTaskForStatistics |
  CppGC.SweepInTaskForStatistics.Minor | CppGC.SweepInvokePreFinalizers | CppGC.SweepInvokePreFinalizers.Minor |
  CppGC.SweepOnAllocation | CppGC.SweepOnAllocation.Minor | CppGC.SweepPages | CppGC.SweepPages.Minor | CppGC.Unmark |
  CppGC.Unmark.Minor | CppGC.WeakContainerCallbacksProcessing | CppGC.WeakContainerCallbacksProcessing.Minor | CpuProfile |
  CpuProfiler::StartProfiling | CreatePipelineAsyncEvent::InitializeAsync | CreatePipelineAsyncEvent::InitializeImpl |
  CullRectUpdate | DawnClientSerializer::Flush | DawnClientSerializer::GetCommandSpace | DawnCommands |
  DawnPlatformImpl::RunWorkerTask | DawnReturnCommands | DawnServiceSerializer::Flush | Decode Image | Decode LazyPixelRef |
  DecodedDataDocumentParser::AppendBytes | DedicatedWorkerHost::DidStartScriptLoad | DedicatedWorkerHost::StartScriptLoad |
  DedicatedWorkerHostFactoryImpl::CreateWorkerHostAndStartScriptLoad | DevToolsObserver.copy |
  DeviceBase::APICreateComputePipeline | DeviceBase::APICreateComputePipelineAsync | DeviceBase::APICreateRenderPipeline |
  DeviceBase::APICreateRenderPipelineAsync | DeviceBase::APICreateShaderModule | DeviceBase::APITick::IsDeviceIdle |
  DeviceBoundSessionAccessObserver.copy | DidCreateScriptLoader | DidFinishRunningAllTilesTask::RunOnWorkerThread |
  DidNotSubmitInLastFrame | DidPrepareTiles | DirectRenderer::DrawFrame | DirectRenderer::DrawFrame ProcessForOverlays |
  DiscardableImageMap::Generate | Display::FrameDisplayed | DisplayItemList::Raster | DoDecrypt | DoDecryptReply | DoDigest |
  DoDigestReply | DoEncrypt | DoEncryptReply | DoSign | DoSignReply | DoVerify | DoVerifyReply |
  DocumentLoader::BodyDataReceivedImpl | DocumentLoader::BodyLoadingFinished | DocumentLoader::CommitData |
  DocumentLoader::CommitNavigation | DocumentLoader::CreateParserPostCommit | DocumentLoader::DidCommitNavigation |
  DocumentLoader::DidInstallNewDocument | DocumentLoader::DocumentLoader | DocumentLoader::FinishedLoading |
  DocumentLoader::HandleData | DocumentLoader::InitializeWindow | DocumentLoader::RecordUseCountersForCommit |
  DocumentLoader::StartLoadingResponse | DocumentLoader::~DocumentLoader | Draw LazyPixelRef | DrawFrame |
  DrawLayers.FrameViewerTracing | DriverGL::InitializeStaticBindings | DroppedFrame | EarlyOut_NoDamage | EarlyOut_NoUpdates |
  EmbedderCallback | EndActivateToSubmitCompositorFrame | EndCommitToActivation | EpollEvent | Evacuator::EvacuatePage |
  EvaluateScript | EventDispatch | EventLatency | EventTiming | FetchLaterLoaderFactories::BindFactory | FireAnimationFrame |
  FireIdleCallback | FrameLoader:created | FrameLoader:deleted | FrameLoader:state_snapshot | FramePresented |
  FrameStartedLoading | FramebufferVk::clear | FramebufferVk::readPixelsImpl | FullEvacuator::RawEvacuatePage | FunctionCall |
  GCEvent | GLContextEGL::MakeCurrent | GLES2::Finish | GLES2::GetActiveAttrib | GLES2::GetActiveUniform |
  GLES2::GetActiveUniformBlockName | GLES2::GetActiveUniformBlockiv | GLES2::GetActiveUniformsiv | GLES2::GetAttachedShaders |
  GLES2::GetAttribLocation | GLES2::GetFragDataIndexEXT | GLES2::GetFragDataLocation | GLES2::GetGLError |
  GLES2::GetShaderPrecisionFormat | GLES2::GetString | GLES2::GetStringi | GLES2::GetTransformFeedbackVarying |
  GLES2::GetUniformBlockIndex | GLES2::GetUniformIndices | GLES2::GetUniformLocation | GLES2::GetUniformfv | GLES2::GetUniformiv |
  GLES2::GetUniformuiv | GLES2::GetVertexAttribIiv | GLES2::GetVertexAttribIuiv | GLES2::GetVertexAttribPointerv |
  GLES2::GetVertexAttribfv | GLES2::GetVertexAttribiv | GLES2::ReadPixels | GLES2CommandBufferStub::Initialize |
  GLES2DecoderPassthroughImpl::DoLinkProgram | GLES2DecoderPassthroughImpl::Initialize |
  GLES2Implementation::CheckFramebufferStatus | GLES2Implementation::GetBooleanv | GLES2Implementation::GetBufferParameteri64v |
  GLES2Implementation::GetBufferParameteriv | GLES2Implementation::GetFloatv |
  GLES2Implementation::GetFramebufferAttachmentParameteriv |
  GLES2Implementation::GetFramebufferPixelLocalStorageParameterfvANGLE |
  GLES2Implementation::GetFramebufferPixelLocalStorageParameterivANGLE |
  GLES2Implementation::GetFramebufferPixelLocalStorageParameteruivANGLE | GLES2Implementation::GetInteger64i_v |
  GLES2Implementation::GetInteger64v | GLES2Implementation::GetIntegeri_v | GLES2Implementation::GetIntegerv |
  GLES2Implementation::GetInternalformativ | GLES2Implementation::GetProgramiv | GLES2Implementation::GetRenderbufferParameteriv |
  GLES2Implementation::GetRequestableExtensionsCHROMIUM() | GLES2Implementation::GetSamplerParameterfv |
  GLES2Implementation::GetSamplerParameteriv | GLES2Implementation::GetShaderiv | GLES2Implementation::GetSynciv |
  GLES2Implementation::GetTexParameterfv | GLES2Implementation::GetTexParameteriv | GLES2Implementation::Initialize |
  GLES2Implementation::IsBuffer | GLES2Implementation::IsFramebuffer | GLES2Implementation::IsProgram |
  GLES2Implementation::IsRenderbuffer | GLES2Implementation::IsSampler | GLES2Implementation::IsShader |
  GLES2Implementation::IsSync | GLES2Implementation::IsTexture | GLES2Implementation::IsTransformFeedback |
  GLES2Implementation::IsVertexArrayOES | GLES2Implementation::SetAggressivelyFreeResources | GPUTask | GPUTracer::ProcessTraces |
  GarbageObject::destroy | GenerationToBrowserMain | GenerationToRendererCompositor | GlobalFirstContentfulPaint |
  Gpu::EstablishGpuChannelSync | GpuChannel::CreateCommandBuffer | GpuChannel::CreateGpuMemoryBuffer |
  GpuChannel::DestroyCommandBuffer | GpuChannel::ExecuteDeferredRequest | GpuChannel::Flush | GpuChannel::GetChannelToken |
  GpuChannel::GetGPUInfo | GpuChannel::GetSharedMemoryForFlushId | GpuChannel::OnDestroyCommandBuffer |
  GpuChannel::WaitForGetOffsetInRange | GpuChannel::WaitForTokenInRange | GpuChannelHost::CreateViewCommandBuffer |
  GpuChannelHost::VerifyFlush | GpuChannelMessageFilter::FlushDeferredRequests | GpuHostImpl::DidDestroyChannel |
  GpuHostImpl::EstablishGpuChannel | GpuHostImpl::OnChannelEstablished | GpuPersistentCache::DiskCache::Cache::Find |
  GpuPersistentCache::DiskCache::Cache::Insert | GpuPersistentCache::DiskCache::DoDelayedStoreToDisk |
  GpuPersistentCache::DiskCache::DoStoreToDisk | GpuPersistentCache::DiskCache::Load | GpuPersistentCache::DiskCache::Store |
  GpuPersistentCache::LoadImpl | GpuPersistentCache::StoreImpl | GpuRasterBuffer::Playback | Graphics.Pipeline |
  Graphics.Pipeline.Draw | Graphics.Pipeline.DrawAndSwap | Graphics.Pipeline.WaitForSwap |
  HTMLDocumentParser::DocumentElementAvailable | HTMLDocumentParser::MaybeFetchQueuedPreloads | HandlePostMessage | HitTest |
  ImageAnimationController::AnimateImagesForSyncTree | ImageAnimationController::UpdateState |
  ImageAnimationController::WillActivate | ImageDecodeTask | ImageHelper::copyBufferToSurfaceImage |
  ImageHelper::copyImageDataToBuffer | ImageHelper::copySurfaceImageToBuffer | ImageHelper::fallbackFromTileMemory |
  ImageHelper::initExternal | ImageHelper::readPixels | ImageHelper::readPixelsImpl | ImageHelper::readPixelsImpl - CPU Readback |
  ImageHelper::readPixelsImpl - PBO | ImageUploadTask | ImplementationBase::GetBucketContents | ImplementationBase::Initialize |
  ImplementationBase::WaitForCmd | Incremental Mark-Compact | IncrementalMarking | InputHandler::ClearCurrentlyScrollingNode |
  InputHandlerProxy::HandleGestureFling::started | InputLatency::MouseMove | InputLatency::MouseWheel |
  InstallConditionalFeatures | InteractiveTime | InvalidateLayout | IsLoading | IsTimeTicksAndTracingEnabled | JSSample |
  JitCodeAdded | JitCodeMoved | KeepAliveURLLoader | KeepAliveURLLoader::KeepAliveURLLoader | KeepAliveURLLoader::OnComplete |
  KeepAliveURLLoader::OnReceiveResponse | KeepAliveURLLoader::Start | KeepAliveURLLoader::~KeepAliveURLLoader |
  KeepAliveURLLoaderFactories::BindFactory | KeepAliveURLLoaderFactories::CreateLoaderAndStart |
  KeepAliveURLLoaderFactoriesBase::RemoveLoader | LargestTextPaint::Candidate | LayerTreeHost::AnimationHost::PushProperties |
  LayerTreeHost::ApplyCompositorChanges | LayerTreeHost::DidLoseLayerTreeFrameSink | LayerTreeHost::DoUpdateLayers |
  LayerTreeHost::InitializeForReal | LayerTreeHost::SetLayerTreeFrameSink | LayerTreeHost::WaitForCommitCompletion |
  LayerTreeHost::~LayerTreeHost | LayerTreeHostImpl::ActivateSyncTree | LayerTreeHostImpl::BeginCommit |
  LayerTreeHostImpl::BuildHitTestData | LayerTreeHostImpl::CalculateRenderPasses |
  LayerTreeHostImpl::CalculateRenderPasses::EmptyDamageRect | LayerTreeHostImpl::CanDraw no root layer |
  LayerTreeHostImpl::CommitComplete | LayerTreeHostImpl::DidNotProduceFrame | LayerTreeHostImpl::FinishCommit |
  LayerTreeHostImpl::InitializeFrameSink | LayerTreeHostImpl::NotifyTileStateChanged | LayerTreeHostImpl::PrepareToDraw |
  LayerTreeHostImpl::ReleaseLayerTreeFrameSink | LayerTreeHostImpl::SetVisible | LayerTreeHostImpl::~LayerTreeHostImpl() |
  LayerTreeHostSize | LayerTreeImpl::InvalidateRegionForImages | LayerTreeImpl::PullProperties | LayerTreeImpl::PushPropertiesTo |
  LayerTreeImpl::PushPropertyTreesTo | LayerTreeImpl::UpdateDrawProperties |
  LayerTreeImpl::UpdateDrawProperties::CalculateDrawProperties | LayerTreeImpl::UpdateDrawProperties::Occlusion |
  LayerTreeImpl::UpdateTiles | Layerize | Layout | LayoutImageUnsized | LayoutInvalidationTracking | LayoutShift | LazyPixelRef |
  LinkPreconnect | LinkTaskVk::linkImpl | LiveObjectVisitor::VisitMarkedObjects | LiveObjectVisitor::VisitMarkedObjectsNoFail |
  LoadAnyStartablePendingRequests | LoadFinished | LoadingPredictor::OnNavigationStarted | LoadingPredictor::PrepareForPageLoad |
  LocalFrameView::NotifyResizeObservers | LocalFrameView::RunAccessibilitySteps |
  LocalFrameView::RunCompositingInputsLifecyclePhase | LocalFrameView::RunPaintLifecyclePhase |
  LocalFrameView::RunPrePaintLifecyclePhase | LocalFrameView::RunStyleAndLayoutLifecyclePhases |
  LocalFrameView::ScheduleAnimation | LocalFrameView::UpdateViewportIntersectionsForSubtree | LocalFrameView::layout |
  LocalFrameView::performLayout | LocalFrameView::performPostLayoutTasks | LocalWindowProxy::CreateContext |
  LocalWindowProxy::Initialize | LocalWindowProxy::SetupWindowPrototypeChain | LocalWindowProxy::UpdateDocumentProperty |
  MainFrame.Draw | MainFrameAborted | Major concurrent marking rescheduled | Major concurrent marking started | MajorGC |
  MarkCompactCollector::EvacuatePagesInParallel | MarkDOMContent | MarkLoad | Marking | MetaCharsetCheck |
  MetricsWebContentsObserver::MaybeActivatePageLoadTracker |
  MetricsWebContentsObserver::MaybeRestorePageLoadTrackerForBackForwardCache | MetricsWebContentsObserver::UpdateTiming |
  MinorGC | MojoURLLoaderClient::OnReceiveResponse | NavStartToExperimentalLargestContentfulPaint::Invalidate::AllFrames::UKM |
  NavStartToLargestContentfulPaint::Candidate::AllFrames::UKM | NavStartToLargestContentfulPaint::Invalidate::AllFrames::UKM |
  NavigationBodyLoader::OnReadable | NavigationBodyLoader::ReadFromDataPipe | NavigationBodyLoader::StartLoadingBody |
  NeedsBeginFrameChanged | NeedsBeginFrames | NeedsTickAnimations | ObservablePause |
  OutsideRenderPassCommandBufferHelper::flushToPrimary | PageEvacuationJob started |
  PageLoad.PaintTiming.LargestContentfulPaintCandidate | PageLoadMetrics.NavigationToDOMContentLoadedEventFired |
  PageLoadMetrics.NavigationToFirstContentfulPaint | PageLoadMetrics.NavigationToLargestContentfulPaint |
  PageLoadMetrics.NavigationToMainFrameOnLoad | PageTimingMetricsSender::SendNow |
  PageTimingMetricsSender::UpdateCustomUserTimings | Paint | PaintController::commitNewDisplayItems | PaintImage | PaintSetup |
  PaintTimingVisualizer::LayoutObjectPainted | PaintTimingVisualizer::Viewport | Parallel scavenge started |
  ParseAuthorStyleSheet | ParseHTML | ParseMetaViewport | PeakMemoryTracking | PendingTree:waiting | PipelineReporter |
  PointersUpdatingJob started | PrePaint | PrefetchMatchResolver::FindPrefetch | PrefetchMatchResolver::FindPrefetchInternal2 |
  PrefetchMatchResolver::UnblockForNoCandidates | PrefetchMatchResolver::UnblockInternal |
  PrefetchMatchResolver::UnblockInternal2 | PrefetchURLLoaderInterceptor::GetPrefetch |
  PrefetchURLLoaderInterceptor::MaybeCreateLoader | PrefetchURLLoaderInterceptor::OnGetPrefetchComplete |
  PreloadRenderBlockingStatusChange | ProcessUIResourceRequestQueue | Profile | ProfileCall | ProfileChunk | Program |
  Program::MainLinkLoadEvent::wait | ProgramExecutableVk::mergePipelineCacheToRenderer |
  ProgramExecutableVk::warmUpComputePipelineCache | ProgramExecutableVk::warmUpGraphicsPipelineCache |
  PropertyTreeLayerTreeDelegate::UpdatePropertyTreesIfNeeded | ProxyImpl::BeginMainFrameAbortedOnImplThread | ProxyImpl::Commit |
  ProxyImpl::DidActivateSyncTreeOnImplThread | ProxyImpl::DidLoseLayerTreeFrameSinkOnImplThread |
  ProxyImpl::DidReceiveCompositorFrameAckOnImplThread | ProxyImpl::FinishGLOnImplThread |
  ProxyImpl::InitializeLayerTreeFrameSinkOnImplThread | ProxyImpl::OnCanDrawStateChanged | ProxyImpl::ProxyImpl |
  ProxyImpl::ReadyToActivate | ProxyImpl::ReadyToCommit | ProxyImpl::ReleaseLayerTreeFrameSinkOnImpl |
  ProxyImpl::ScheduledActionBeginLayerTreeFrameSinkCreation | ProxyImpl::ScheduledActionDraw |
  ProxyImpl::ScheduledActionPrepareTiles | ProxyImpl::ScheduledActionSendBeginMainFrame | ProxyImpl::SetNeedsCommitOnImplThread |
  ProxyImpl::SetVisibleOnImplThread | ProxyImpl::~ProxyImpl | ProxyMain::BeginMainFrame | ProxyMain::BeginMainFrame::commit |
  ProxyMain::DidInitializeLayerTreeFrameSink | ProxyMain::DidLoseLayerTreeFrameSink | ProxyMain::ProxyMain |
  ProxyMain::ReleaseLayerTreeFrameSink | ProxyMain::RequestNewLayerTreeFrameSink | ProxyMain::SetDeferMainFrameUpdate |
  ProxyMain::SetNeedsAnimate | ProxyMain::SetNeedsCommit | ProxyMain::SetVisible | ProxyMain::Stop | ProxyMain::~ProxyMain |
  QueryVk::getResult | Queue::Submit | Queue::Tick | Queue::ValidateSubmit | RasterBufferStub::Initialize |
  RasterDecoderImpl::DoBeginRasterCHROMIUM | RasterDecoderImpl::DoEndRasterCHROMIUM |
  RasterDecoderImpl::DoEndRasterCHROMIUM::Flush | RasterDecoderImpl::DoRasterCHROMIUM |
  RasterDecoderImpl::DoRasterCHROMIUM::Deserializing | RasterDecoderImpl::Initialize | RasterImplementation::Finish |
  RasterImplementation::Initialize | RasterImplementation::RasterCHROMIUM | RasterImplementation::SetAggressivelyFreeResources |
  RasterSource::PerformSolidColorAnalysis | RasterTask | Rasterize | RasterizerTaskImpl::RunOnWorkerThread |
  Receive mojo message | Receive mojo reply | ReceiveCompositorFrameToStartDraw | RecordingSource::DetermineIfSolidColor |
  RecordingSource::FinishDisplayItemListUpdate | RememberedSetUpdatingItem::Process | RemoteFontLoaded |
  RemoteWindowProxy::Initialize | RenderFrameImpl::DidDispatchDOMContentLoadedEvent | RenderFrameImpl::createChildFrame |
  RenderFrameImpl::didFinishLoad | RenderFrameImpl::didStartProvisionalLoad | RenderPassCommandBufferHelper::flushToPrimary |
  RenderThreadImpl::EstablishGpuChannel | RenderThreadImpl::EstablishGpuChannel callback |
  RenderThreadImpl::EstablishGpuChannelSync | Renderer::getOutsideRenderPassCommandBufferHelper |
  Renderer::getRenderPassCommandBufferHelper | Renderer::queueSubmitOneOff |
  Renderer::recycleOutsideRenderPassCommandBufferHelper | Renderer::recycleRenderPassCommandBufferHelper |
  Renderer::waitForResourceUseToFinishWithUserTimeout | RendererCompositor | RendererCompositorFinishedToActivation |
  RendererCompositorFinishedToBeginImplFrame | RendererCompositorFinishedToCommit | RendererCompositorFinishedToEndActivate |
  RendererCompositorFinishedToEndCommit | RendererCompositorFinishedToPresentationCompositorFrame |
  RendererCompositorFinishedToSendBeginMainFrame | RendererCompositorFinishedToSubmitCompositorFrame |
  RendererCompositorFinishedToSubmitUpdateDisplayTree | RendererCompositorFinishedToTermination | RendererCompositorProcessing |
  RendererCompositorQueueingDelay | RendererCompositorStartedToTermination | RendererCompositorToMain |
  RendererMain.START_MSG_LOOP | RendererMainFinishedToActivation | RendererMainFinishedToBeginImplFrame |
  RendererMainFinishedToCommit | RendererMainFinishedToEndActivate | RendererMainFinishedToEndCommit |
  RendererMainFinishedToPresentationCompositorFrame | RendererMainFinishedToSendBeginMainFrame |
  RendererMainFinishedToSubmitCompositorFrame | RendererMainFinishedToSubmitUpdateDisplayTree |
  RendererMainFinishedToTermination | RendererMainIsNormalThreadTypeForWebRTC | RendererMainProcessing |
  RendererMainStartedToTermination | RendererMainThreadTaskExecution | RendererRasterWorker | RequestAnimationFrame |
  RequestIdleCallback | RequestMainThreadFrame | ResourceFinish | ResourceMarkAsCached | ResourceReceiveResponse |
  ResourceReceivedData | ResourceRequest::TrustedParams.copy | ResourceRequestSender::OnReceivedResponse |
  ResourceRequestSender::OnRequestComplete | ResourceSendRequest | ResourceWillSendRequest | RunMicrotasks | RunPostTaskCallback |
  RunTask | Scavenge | SchedulePostMessage | SchedulePostTaskCallback | ScheduleStyleInvalidationTracking |
  ScheduleStyleRecalculation | ScheduledTasks | ScheduledTasksState | Scheduler::BeginFrame | Scheduler::BeginFrameDropped |
  Scheduler::BeginImplFrame | Scheduler::BeginMainFrameAborted | Scheduler::ContinueTask |
  Scheduler::DidCreateAndInitializeLayerTreeFrameSink | Scheduler::DidLoseLayerTreeFrameSink | Scheduler::FinishTask |
  Scheduler::MissedBeginFrameDropped | Scheduler::NotifyBeginMainFrameStarted | Scheduler::NotifyReadyToCommit |
  Scheduler::OnBeginImplFrameDeadline | Scheduler::RunTask | Scheduler::Running | Scheduler::ScheduleBeginImplFrameDeadline |
  Scheduler::ScheduleTask | Scheduler::Scheduler | Scheduler::SequenceUnblocked | Scheduler::SetDeferBeginMainFrame |
  Scheduler:pending_submit_frames | SchedulerStateMachine::SetNeedsPrepareTiles | Screenshot | Scroll Delta This Frame |
  ScrollLayer | ScrollTree::CollectScrollDeltas | ScrollTree::SetScrollOffset |
  SearchPrefetchURLLoaderInterceptor::MaybeCreateLoader | SecondaryCommandBuffer::executeCommands | SelectorStats |
  SendBeginMainFrame | SendBeginMainFrameToCommit | SetLayerTreeId | ShaderModuleVk::GetHandleAndSpirv |
  ShaderTranslateTask::run | SharedDictionaryAccessObserver.copy | SharedDictionaryManager::GetStorage |
  SharedImageStub::CreateSharedImage | SharedImageStub::OnCreateSharedImage | SharedImageStub::OnCreateSharedImagePool |
  SharedImageStub::OnCreateSharedImageWithBuffer | SharedImageStub::OnDestroySharedImage |
  SimpleURLLoader_BodyReader mojo callback | SimpleWatcher::OnHandleReady |
  SingleThreadProxy::DidReceiveCompositorFrameAckOnImplThread | SingleThreadProxy::DoCommit | SingleThreadProxy::DoComposite |
  SingleThreadProxy::DoPostCommit | SingleThreadProxy::NotifyReadyToActivate | SingleThreadProxy::NotifyReadyToDraw |
  SingleThreadProxy::OnCanDrawStateChanged | SingleThreadProxy::ScheduledActionPrepareTiles |
  SingleThreadProxy::ScheduledActionSendBeginMainFrame | SingleThreadProxy::SetNeedsAnimate |
  SingleThreadProxy::SetNeedsPrepareTilesOnImplThread | SingleThreadProxy::SetNeedsUpdateLayers |
  SingleThreadTaskGraphRunner::CollectCompletedTasks | SingleThreadTaskGraphRunner::RunTaskWithLockAcquired |
  SingleThreadTaskGraphRunner::ScheduleTasks | SkiaRenderer::SwapBuffers | SoftNavigationStart |
  SoftwareImageDecodeCache::ReduceCacheUsageUntilWithinLimit | StartDrawToSwapStart | StyleInvalidatorInvalidationTracking |
  StyleRecalcInvalidationTracking | SubmitCompositorFrameToPresentationCompositorFrame | SubmitToReceiveCompositorFrame |
  SurfaceLayer::PushPropertiesTo | Swap | SwapEndToPresentationCompositorFrame | Sweeper::ConcurrentMajorSweeper Finished |
  Sweeper::ConcurrentMajorSweeper Preempted | Sweeping | SyncHelper::clientWait | SyncHelperNativeFence::clientWait |
  SyncToken::Release | SyncToken::Wait | SyntheticLayoutShift | SyntheticLayoutShiftCluster | SyntheticNetworkRequest | Task |
  TaskGraphRunner::RunTask | TaskSetFinishedTaskImpl::RunOnWorkerThread | ThreadControllerImpl::RunTask | ThreadPool_RunTask |
  ThrottlingURLLoader::OnReceiveResponse | ThrottlingURLLoader::Start | ThrottlingURLLoader::StartNow |
  ThrottlingURLLoader::ThrottlingURLLoader | ThrottlingURLLoader::~ThrottlingURLLoader | TileManager::AssignGpuMemoryToTiles |
  TileManager::CheckForCompletedTasksAndIssueSignals | TileManager::CheckPendingGpuWorkAndIssueSignals |
  TileManager::DidFinishRunningAllTileTasks | TileManager::DidFinishRunningTileTasksRequiredForActivation |
  TileManager::DidFinishRunningTileTasksRequiredForDraw | TileManager::IsReadyToActivate | TileManager::IsReadyToDraw |
  TileManager::PrepareTiles | TileManager::PrepareToDraw | TileManager::PrepareToDrawFinished | TileManager::ScheduleTasks |
  TileTaskManagerImpl::CheckForCompletedTasks | TileTaskManagerImpl::ScheduleTasks | TileTaskManagerImpl::Shutdown | TimeStamp |
  TimerFire | TimerInstall | TimerRemove | TopTierCompilation | TracingSessionIdForWorker | TracingStartedInBrowser |
  TracingStartedInPage | TransferBuffer::Free | TreeSynchronizer::PushLayerPropertiesTo.Active |
  TreeSynchronizer::PushLayerPropertiesTo.Main | TreeSynchronizer::SynchronizeTrees | TrustTokenAccessObserver.copy |
  URLLoader::Context::Cancel | URLLoader::Context::OnCompletedRequest | URLLoader::Context::OnReceivedResponse |
  URLLoader::Context::Start | URLLoader::ProcessAcceptCHFrameOnConnected | URLLoader::ScheduleStart | URLLoader::URLLoader |
  URLLoader::loadAsynchronously | URLLoader::~URLLoader | URLLoaderNetworkServiceObserver.copy | UkmPageLoadTimingUpdate |
  UkmRecorderImpl::NotifyObserversWithNewEntry | UkmRecorderImpl::NotifyObserversWithNewEntry NotifyObserver | UpdateCounters |
  UpdateLayer | UpdateLayerTree | UpdateLayoutTree | Upload image data on host | UserBlocking | UserTiming | UserTiming::Measure |
  V8.AllocatedObjects | V8.ArrayBufferLargeAllocations | V8.ArrayBufferNewSizeFailures | V8.AsmModuleSizeBytes |
  V8.BytecodeBudgetInterrupt | V8.BytecodeBudgetInterruptWithStackCheck | V8.CFIPageSizeMismatch | V8.CFIPkeyMprotect |
  V8.CheckMemoryPressure | V8.CodeCacheRejectReason | V8.CollectSourcePositions | V8.Compile | V8.CompileCode |
  V8.CompileCodeBackground | V8.CompileDeserialize | V8.CompileDeserializeMicroSeconds | V8.CompileEval | V8.CompileEvalMi |
  V8.CompileEvalMicroSeconds | V8.CompileIgnition | V8.CompileIgnitionFinalization | V8.CompileLazyMi |
  V8.CompileLazyMicroSeconds | V8.CompileMicroS | V8.CompileMicroSeconds | V8.CompileModule | V8.CompileScript |
  V8.CompileScriptMicroSeconds | V8.CompileSerial | V8.CompileSerialize | V8.CompileSerializeMicroSeconds |
  V8.CompileStreamedModule | V8.CompileStreamedScript | V8.DeoptimizeAllOptimizedCodeWithFunction | V8.DeoptimizeCode |
  V8.DeserializeContext | V8.DeserializeIsolate | V8.ESMImportGraphDepth | V8.ESMModulesPerPage | V8.Execute |
  V8.ExecuteMicroSeconds | V8.ExternalPointerTableCompactionOutcome | V8.FinalizeBackgroundCompileTask |
  V8.FinalizeBaselineConcurrentCompilation | V8.FinalizeDeserialization | V8.FinalizeMaglevConcurrentCompilation |
  V8.GCCompactor | V8.GCContextDisposedTask | V8.GCDeoptMarkedAllocationSites | V8.GCEnsureMinimumRemainingAllocationLimit |
  V8.GCEvaluateOldSpaceLocalPretenuring | V8.GCFinalizeMC | V8.GCFinalizeMCMeasureMemory | V8.GCFinalizeMCReduceMemory |
  V8.GCHandleGCRequest | V8.GCIncrementalMarking | V8.GCIncrementalMarkingReason | V8.GCIncrementalMarkingStart |
  V8.GCIncrementalMarkingStep | V8.GCIncrementalMarkingSum | V8.GCLowMemoryNotification | V8.GCMarkCompactReason |
  V8.GCMarkCompactorMarkingSummary | V8.GCMarkCompactorSummary | V8.GCMarkTransitiveClosureFixpoint |
  V8.GCMinorIncrementalMarkingStart | V8.GCMinorMS | V8.GCNotifyContextDisposed | V8.GCPhantomHandleProcessingCallback |
  V8.GCPretenuringFeedback | V8.GCPretenuringManualRequest | V8.GCPretenuringSummary | V8.GCReachTransitiveClosureWithEmbedder |
  V8.GCScavenger | V8.GCShouldWaitForTask | V8.GCSpeedSummary | V8.GCTraceGCNVP | V8.GCTryInitializeTaskTimeout |
  V8.GCUpdateAllocationLimits | V8.GC_BACKGROUND_COLLECTION | V8.GC_BACKGROUND_FULL_ARRAY_BUFFER_SWEEP |
  V8.GC_BACKGROUND_SAFEPOINT | V8.GC_BACKGROUND_UNPARK | V8.GC_BACKGROUND_YOUNG_ARRAY_BUFFER_SWEEP |
  V8.GC_CONSERVATIVE_STACK_SCANNING | V8.GC_FULL_ARRAY_BUFFER_SWEEP | V8.GC_HEAP_DUMP_STATISTICS |
  V8.GC_HEAP_EMBEDDER_TRACING_EPILOGUE | V8.GC_HEAP_ENSURE_SWEEPING_COMPLETED | V8.GC_HEAP_EPILOGUE |
  V8.GC_HEAP_EPILOGUE_SAFEPOINT | V8.GC_HEAP_EXTERNAL_EPILOGUE | V8.GC_HEAP_EXTERNAL_NEAR_HEAP_LIMIT |
  V8.GC_HEAP_EXTERNAL_PROLOGUE | V8.GC_HEAP_EXTERNAL_SECOND_PASS_CALLBACKS | V8.GC_HEAP_EXTERNAL_WEAK_GLOBAL_HANDLES |
  V8.GC_HEAP_PROLOGUE | V8.GC_HEAP_PROLOGUE_SAFEPOINT | V8.GC_Heap_Stats | V8.GC_MARK_COMPACTOR |
  V8.GC_MC_BACKGROUND_EVACUATE_COPY | V8.GC_MC_BACKGROUND_EVACUATE_UPDATE_POINTERS | V8.GC_MC_BACKGROUND_MARKING |
  V8.GC_MC_BACKGROUND_SWEEPING | V8.GC_MC_CLEAR | V8.GC_MC_CLEAR_DEPENDENT_CODE | V8.GC_MC_CLEAR_EXTERNAL_STRING_TABLE |
  V8.GC_MC_CLEAR_FLUSHABLE_BYTECODE | V8.GC_MC_CLEAR_FLUSHED_JS_FUNCTIONS | V8.GC_MC_CLEAR_JOIN_JOB |
  V8.GC_MC_CLEAR_JS_WEAK_REFERENCES | V8.GC_MC_CLEAR_MAPS | V8.GC_MC_CLEAR_SHARED_STRUCT_TYPE_REGISTRY |
  V8.GC_MC_CLEAR_SLOTS_BUFFER | V8.GC_MC_CLEAR_STRING_FORWARDING_TABLE | V8.GC_MC_CLEAR_STRING_TABLE |
  V8.GC_MC_CLEAR_SWEEP_CODE_POINTER_TABLE | V8.GC_MC_CLEAR_SWEEP_EXTERNAL_POINTER_TABLE | V8.GC_MC_CLEAR_SWEEP_JS_DISPATCH_TABLE |
  V8.GC_MC_CLEAR_SWEEP_TRUSTED_POINTER_TABLE | V8.GC_MC_CLEAR_SWEEP_WASM_CODE_POINTER_TABLE | V8.GC_MC_CLEAR_WEAK_COLLECTIONS |
  V8.GC_MC_CLEAR_WEAK_GLOBAL_HANDLES | V8.GC_MC_CLEAR_WEAK_LISTS | V8.GC_MC_CLEAR_WEAK_REFERENCES_JOIN_FILTER_JOB |
  V8.GC_MC_CLEAR_WEAK_REFERENCES_NON_TRIVIAL | V8.GC_MC_CLEAR_WEAK_REFERENCES_TRIVIAL | V8.GC_MC_CLEAR_WEAK_REFERENCES_TRUSTED |
  V8.GC_MC_COMPLETE_SWEEPING | V8.GC_MC_COMPLETE_SWEEP_ARRAY_BUFFERS | V8.GC_MC_EPILOGUE | V8.GC_MC_EVACUATE |
  V8.GC_MC_EVACUATE_CANDIDATES | V8.GC_MC_EVACUATE_CLEAN_UP | V8.GC_MC_EVACUATE_COPY | V8.GC_MC_EVACUATE_COPY_PARALLEL |
  V8.GC_MC_EVACUATE_EPILOGUE | V8.GC_MC_EVACUATE_PIN_PAGES | V8.GC_MC_EVACUATE_PROLOGUE | V8.GC_MC_EVACUATE_REBALANCE |
  V8.GC_MC_EVACUATE_UPDATE_POINTERS | V8.GC_MC_EVACUATE_UPDATE_POINTERS_CLIENT_HEAPS |
  V8.GC_MC_EVACUATE_UPDATE_POINTERS_PARALLEL | V8.GC_MC_EVACUATE_UPDATE_POINTERS_POINTER_TABLES |
  V8.GC_MC_EVACUATE_UPDATE_POINTERS_SLOTS_MAIN | V8.GC_MC_EVACUATE_UPDATE_POINTERS_TO_NEW_ROOTS |
  V8.GC_MC_EVACUATE_UPDATE_POINTERS_WEAK | V8.GC_MC_FINISH | V8.GC_MC_FINISH_SWEEP_ARRAY_BUFFERS | V8.GC_MC_INCREMENTAL |
  V8.GC_MC_INCREMENTAL_EMBEDDER_TRACING | V8.GC_MC_INCREMENTAL_EXTERNAL_EPILOGUE | V8.GC_MC_INCREMENTAL_EXTERNAL_PROLOGUE |
  V8.GC_MC_INCREMENTAL_LAYOUT_CHANGE | V8.GC_MC_INCREMENTAL_START | V8.GC_MC_INCREMENTAL_SWEEPING | V8.GC_MC_MARK |
  V8.GC_MC_MARK_CLIENT_HEAPS | V8.GC_MC_MARK_EMBEDDER_PROLOGUE | V8.GC_MC_MARK_EMBEDDER_TRACING |
  V8.GC_MC_MARK_FINISH_INCREMENTAL | V8.GC_MC_MARK_FULL_CLOSURE | V8.GC_MC_MARK_FULL_CLOSURE_PARALLEL |
  V8.GC_MC_MARK_FULL_CLOSURE_PARALLEL_JOIN | V8.GC_MC_MARK_FULL_CLOSURE_SERIAL | V8.GC_MC_MARK_RETAIN_MAPS | V8.GC_MC_MARK_ROOTS |
  V8.GC_MC_MARK_VERIFY | V8.GC_MC_MARK_WEAK_CLOSURE_EPHEMERON_LINEAR | V8.GC_MC_MARK_WEAK_CLOSURE_EPHEMERON_MARKING |
  V8.GC_MC_PROLOGUE | V8.GC_MC_SWEEP | V8.GC_MC_SWEEP_CODE | V8.GC_MC_SWEEP_CODE_LO | V8.GC_MC_SWEEP_LO | V8.GC_MC_SWEEP_MAP |
  V8.GC_MC_SWEEP_NEW | V8.GC_MC_SWEEP_NEW_LO | V8.GC_MC_SWEEP_OLD | V8.GC_MC_SWEEP_SHARED | V8.GC_MC_SWEEP_SHARED_LO |
  V8.GC_MC_SWEEP_START_JOBS | V8.GC_MC_SWEEP_TRUSTED | V8.GC_MC_SWEEP_TRUSTED_LO | V8.GC_MC_WEAKNESS_HANDLING |
  V8.GC_MINOR_MARK_SWEEPER | V8.GC_MINOR_MS | V8.GC_MINOR_MS_BACKGROUND_MARKING | V8.GC_MINOR_MS_BACKGROUND_MARKING_CLOSURE |
  V8.GC_MINOR_MS_BACKGROUND_SWEEPING | V8.GC_MINOR_MS_CLEAR | V8.GC_MINOR_MS_CLEAR_STRING_FORWARDING_TABLE |
  V8.GC_MINOR_MS_CLEAR_STRING_TABLE | V8.GC_MINOR_MS_CLEAR_WEAK_GLOBAL_HANDLES | V8.GC_MINOR_MS_COMPLETE_SWEEPING |
  V8.GC_MINOR_MS_COMPLETE_SWEEP_ARRAY_BUFFERS | V8.GC_MINOR_MS_FINISH | V8.GC_MINOR_MS_FINISH_ENSURE_CAPACITY |
  V8.GC_MINOR_MS_FINISH_SWEEP_ARRAY_BUFFERS | V8.GC_MINOR_MS_INCREMENTAL_START | V8.GC_MINOR_MS_INCREMENTAL_STEP |
  V8.GC_MINOR_MS_MARK | V8.GC_MINOR_MS_MARK_CLOSURE | V8.GC_MINOR_MS_MARK_CLOSURE_PARALLEL |
  V8.GC_MINOR_MS_MARK_CONSERVATIVE_STACK | V8.GC_MINOR_MS_MARK_EMBEDDER_PROLOGUE | V8.GC_MINOR_MS_MARK_EMBEDDER_TRACING |
  V8.GC_MINOR_MS_MARK_FINISH_INCREMENTAL | V8.GC_MINOR_MS_MARK_INCREMENTAL_SEED | V8.GC_MINOR_MS_MARK_PARALLEL |
  V8.GC_MINOR_MS_MARK_SEED | V8.GC_MINOR_MS_MARK_TRACED_HANDLES | V8.GC_MINOR_MS_MARK_VERIFY | V8.GC_MINOR_MS_SWEEP |
  V8.GC_MINOR_MS_SWEEP_NEW | V8.GC_MINOR_MS_SWEEP_NEW_LO | V8.GC_MINOR_MS_SWEEP_START_JOBS |
  V8.GC_MINOR_MS_SWEEP_UPDATE_STRING_TABLE | V8.GC_OBJECT_DUMP_STATISTICS | V8.GC_Objects_Stats | V8.GC_SAFEPOINT |
  V8.GC_SCAVENGER | V8.GC_SCAVENGER_BACKGROUND_QUARANTINED_PAGE_SWEEPING | V8.GC_SCAVENGER_BACKGROUND_SCAVENGE_PARALLEL |
  V8.GC_SCAVENGER_BACKGROUND_TRACED_HANDLES_COMPUTE_WEAKNESS_PARALLEL | V8.GC_SCAVENGER_BACKGROUND_TRACED_HANDLES_RESET_PARALLEL |
  V8.GC_SCAVENGER_COMPLETE_SWEEP_ARRAY_BUFFERS | V8.GC_SCAVENGER_FREE_REMEMBERED_SET | V8.GC_SCAVENGER_RESIZE_NEW_SPACE |
  V8.GC_SCAVENGER_SCAVENGE | V8.GC_SCAVENGER_SCAVENGE_COLLECT_OLD_TO_NEW_PAGES | V8.GC_SCAVENGER_SCAVENGE_FINALIZE |
  V8.GC_SCAVENGER_SCAVENGE_PARALLEL | V8.GC_SCAVENGER_SCAVENGE_PARALLEL_PHASE |
  V8.GC_SCAVENGER_SCAVENGE_PIN_OBJECTS_CONSERVATIVE | V8.GC_SCAVENGER_SCAVENGE_PIN_OBJECTS_PRECISE |
  V8.GC_SCAVENGER_SCAVENGE_RESTORE_AND_QUARANTINE_PINNED | V8.GC_SCAVENGER_SCAVENGE_ROOTS | V8.GC_SCAVENGER_SCAVENGE_STACK_ROOTS |
  V8.GC_SCAVENGER_SCAVENGE_WEAK | V8.GC_SCAVENGER_SCAVENGE_WEAK_GLOBAL_HANDLES_IDENTIFY |
  V8.GC_SCAVENGER_SCAVENGE_WEAK_GLOBAL_HANDLES_PROCESS | V8.GC_SCAVENGER_SWEEP_ARRAY_BUFFERS |
  V8.GC_SCAVENGER_TRACED_HANDLES_COMPUTE_WEAKNESS_PARALLEL | V8.GC_SCAVENGER_TRACED_HANDLES_RESET_PARALLEL |
  V8.GC_TIME_TO_GLOBAL_SAFEPOINT | V8.GC_TIME_TO_SAFEPOINT | V8.GC_UNPARK | V8.GC_YOUNG_ARRAY_BUFFER_SWEEP | V8.GlobalSafepoint |
  V8.HandleInterrupts | V8.ICStats | V8.InstallOptimizedFunctions | V8.InstructionSelection | V8.InvalidateProtector |
  V8.InvokeApiInterruptCallbacks | V8.JSDispatchTableEntriesCount | V8.LazyCompileDispatcherDoBackgroundWork |
  V8.LazyCompilerDispatcherDoIdleWork | V8.LazyCompilerDispatcherEnqueue | V8.LazyCompilerDispatcherFinishNow |
  V8.LazyCompilerDispatcherWaitForBackgroundJob | V8.LiftoffBailoutReasons | V8.LogCode | V8.MaglevBackground |
  V8.MaglevConcurrentFinalize | V8.MaglevConcurrentPrepare | V8.MaglevDestruct | V8.MaglevDestructBackground |
  V8.MaglevExecuteJob | V8.MaglevFinalizeJob | V8.MaglevOptimizeExecute | V8.MaglevOptimizeFinalize | V8.MaglevOptimizePrepare |
  V8.MaglevOptimizeTotalTime | V8.MaglevPrepare | V8.MaglevPrepareJob | V8.MaglevTask | V8.Main |
  V8.MarkCandidatesForOptimization | V8.MeasureMemoryDelayMilliseconds | V8.MemoryExternalFragmentationTotal |
  V8.MemoryHeapSampleTotalCommitted | V8.MemoryHeapSampleTotalUsed | V8.MemoryPressureNotification | V8.OptimizeBackground |
  V8.OptimizeCode | V8.OptimizeConcurrentDispose | V8.OptimizeConcurrentFinalize | V8.OptimizeConcurrentPrepare |
  V8.OptimizeNonConcurrent | V8.ParseFunction | V8.ParseProgram | V8.PreParse | V8.PrintWithTimestamp |
  V8.ProduceCodeCacheMicroseconds | V8.RecompileConcurrent | V8.RecompileSynchronous | V8.RegExpBacktracks | V8.SandboxMode |
  V8.SandboxReservationSizeGB | V8.SandboxedCppHeapPointersCount | V8.SandboxedExternalPointersCount |
  V8.SandboxedTrustedPointersCount | V8.SnapshotCompress | V8.SnapshotCreate | V8.SnapshotDecompressMicroSeconds |
  V8.SnapshotDeserializeContextMicroSeconds | V8.SnapshotDeserializeIsolateMicroSeconds |
  V8.SnapshotDeserializeRoSpaceMicroSeconds | V8.StackGuard | V8.TFAllocateFPRegisters | V8.TFAllocateGeneralRegisters |
  V8.TFAssembleCode | V8.TFAssignSpillSlots | V8.TFBlockBuilding | V8.TFBlockPositioning | V8.TFBrokerInitAndSerialization |
  V8.TFBuildLiveRangeBundles | V8.TFBuildLiveRanges | V8.TFBytecodeGraphBuilder | V8.TFCodeGeneration | V8.TFCommitAssignment |
  V8.TFConnectRanges | V8.TFDecideSpillingMode | V8.TFEarlyGraphTrimming | V8.TFEarlyOptimization | V8.TFEscapeAnalysis |
  V8.TFFinalizeCode | V8.TFFrameElision | V8.TFGenericLowering | V8.TFGraphCreation | V8.TFHeapBrokerInitialization |
  V8.TFInitPipelineData | V8.TFInitializing | V8.TFInlining | V8.TFJSWasmInlining | V8.TFJSWasmLowering | V8.TFJumpThreading |
  V8.TFLoadElimination | V8.TFLoopExitElimination | V8.TFLoopPeeling | V8.TFLowering | V8.TFMeetRegisterConstraints |
  V8.TFOptimizeMoves | V8.TFPopulateReferenceMaps | V8.TFPrintGraph | V8.TFRegisterAllocation | V8.TFResolveControlFlow |
  V8.TFResolvePhis | V8.TFScheduling | V8.TFSimplifiedLowering | V8.TFTurbolevAnyUseMarking | V8.TFTurbolevDeadNodeSweeping |
  V8.TFTurbolevEscapeAnalysis | V8.TFTurbolevInlining | V8.TFTurbolevLoopPeeling | V8.TFTurbolevMaglevGraphBuilding |
  V8.TFTurbolevPhiUntagging | V8.TFTurbolevPostOptimizer | V8.TFTurbolevPrePhiUntagging | V8.TFTurbolevRangeAnalysis |
  V8.TFTurbolevTruncation | V8.TFTurboshaftBlockInstrumentation | V8.TFTurboshaftBuildGraph |
  V8.TFTurboshaftCodeEliminationAndSimplification | V8.TFTurboshaftDebugFeatureLowering |
  V8.TFTurboshaftDecompressionOptimization | V8.TFTurboshaftInstructionSelection | V8.TFTurboshaftInt64Lowering |
  V8.TFTurboshaftLoadElimination | V8.TFTurboshaftLoopOptimization | V8.TFTurboshaftLoopPeeling | V8.TFTurboshaftLoopUnrolling |
  V8.TFTurboshaftMachineLowering | V8.TFTurboshaftMemoryOptimization | V8.TFTurboshaftProfileApplication |
  V8.TFTurboshaftRandomRescheduling | V8.TFTurboshaftSpecialRPOScheduling | V8.TFTurboshaftTurbolevGraphBuilding |
  V8.TFTurboshaftTypeAssertions | V8.TFTurboshaftTypedOptimizations | V8.TFTurboshaftWasmDeadCodeElimination |
  V8.TFTurboshaftWasmGCOptimize | V8.TFTurboshaftWasmInJSInlining | V8.TFTurboshaftWasmLowering | V8.TFTurboshaftWasmOptimize |
  V8.TFTurboshaftWasmRevec | V8.TFTypeAssertions | V8.TFTypedLowering | V8.TFTyper | V8.TFVerifyGraph | V8.TFWasmGCOptimization |
  V8.TFWasmOptimization | V8.TFWasmTyping | V8.TerminateExecution | V8.TraceScheduleAndVerify | V8.TurboFan1KTicks |
  V8.TurboFanOptimizeConcurrentTotalTime | V8.TurboFanOptimizeExecute | V8.TurboFanOptimizeFinalize |
  V8.TurboFanOptimizeForOnStackReplacementExecute | V8.TurboFanOptimizeForOnStackReplacementFinalize |
  V8.TurboFanOptimizeForOnStackReplacementPrepare | V8.TurboFanOptimizeForOnStackReplacementTotalTime |
  V8.TurboFanOptimizeNonConcurrentTotalTime | V8.TurboFanOptimizePrepare | V8.TurboFanOptimizeTotalBackground |
  V8.TurboFanOptimizeTotalForeground | V8.TurboFanOptimizeTotalTime | V8.TurbofanTask | V8.TurboshaftOptimize |
  V8.UnhandledExceptionCountInMainThread | V8.UnhandledExceptionCountInWorker | V8.WasmAvx2Support | V8.WasmCacheCount |
  V8.WasmCodeCaching | V8.WasmCodeGC | V8.WasmCompilationMethod | V8.WasmCompileAfterDeserializeMilliSeconds |
  V8.WasmCompileHugeFunctionMilliSeconds | V8.WasmCompileHugeFunctionPeakMemoryBytes | V8.WasmCompileModuleAsyncMicroSeconds |
  V8.WasmCompileModuleStreamingMicroSeconds | V8.WasmDeoptsExecutedCount | V8.WasmDeoptsPerFunction |
  V8.WasmDeserializationTimeMilliSeconds | V8.WasmEngineMetadataSizeKiB | V8.WasmFinishModuleStreamingMicroSeconds |
  V8.WasmGrowSharedMemory | V8.WasmInitializing | V8.WasmLazyCompileTimeMicroSeconds | V8.WasmMemoryAllocationResult |
  V8.WasmMemoryProtectionKeysSupport | V8.WasmModuleCodeSizeKiB | V8.WasmModuleCodeSizeMiB | V8.WasmModuleCodeSizePercentFreed |
  V8.WasmModuleMetadataSizeKiB | V8.WasmModuleNumberOfCodeGCsTriggered | V8.WasmModuleNumberOfCodeSpaces |
  V8.WasmModulesPerEngine | V8.WasmModulesPerIsolate | V8.WasmOptimization | V8.WasmRevecConversionPercent |
  V8.WasmSerializationTimeMilliSeconds | V8.WasmStreamingInputType | V8.WasmStubCodegen | V8.Workers | V8.Zone_Stats |
  V8Console::runTask | V8PerIsolateData::Initialize | V8Sample | WaitForPresentation | WebGL | WebGPU |
  WebGPUBufferStub::Initialize | WebGPUDecoderImpl::HandleDawnCommands | WebGPUDecoderImpl::PerformPollingWork |
  WebGPUDecoderImpl::UploadContentsToSkia | WebGPUImplementation::Initialize | WebGPUImplementation::OnGpuControlReturnData |
  WebSocketCreate | WebSocketDestroy | WebSocketReceive | WebSocketReceiveHandshakeResponse | WebSocketSend |
  WebSocketSendHandshakeRequest | WidgetBase::DidCommitAndDrawCompositorFrame | WidgetBase::WillBeginMainFrame |
  WorkerScriptFetcher CreateAndStart | WorkerScriptFetcher::CreateScriptLoader | XHRLoad | XHRReadyStateChange |
  ZeroCopyRasterBuffer::Playback | allocation failure |
  auto cc::(anonymous namespace)::InsertNodeForTask(TaskGraph *, TileTask *, uint16_t, uint16_t, size_t, bool)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::LayerTreeHost::SetNeedsCommit(bool)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::LayerTreeHost::SetViewportRectAndScale(const gfx::Rect &, float, const viz::LocalSurfaceId &)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::LayerTreeHostImpl::PrepareTiles()::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::ResourcePool::InvalidateResources()::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::ResourcePool::NotifyOfViewportSizeChange(gfx::Size, gfx::Size)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::ResourcePool::OnResourceReleased(size_t, const gpu::SyncToken &, bool)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::Scheduler::FinishImplFrame()::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::Scheduler::SendDidNotProduceFrame(const viz::BeginFrameArgs &, FrameSkippedReason)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::SchedulerStateMachine::SetNeedsBeginMainFrame(bool, bool)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  auto cc::SchedulerStateMachine::ShouldThrottleSendBeginMainFrame()::(lambda)::operator()(uint32_t) const |
  auto cc::TileManager::PrepareTiles(const GlobalStateThatImpactsTilePriority &)::(lambda)::operator()()::(lambda)::operator()(uint32_t) const |
  cc::DisplayItemList | cc::LayerTreeHostImpl | cc::Picture | cc::SingleThreadTaskGraphRunner::RunTask |
  cc::TaskGraphWorkQueue::ScheduleTasks | chrome_build_version | domLoading |
  draw_property_utils::ComputeDrawPropertiesOfVisibleLayers | draw_property_utils::FindLayersThatNeedUpdates |
  finalize incremental marking via stack guard | finalize incremental marking via task | firstContentfulPaint |
  firstMeaningfulPaint | firstMeaningfulPaintCandidate | firstPaint | gl::init::CreateGLContext | global allocation limit |
  gpu_info_collector::CollectDawnInfo | largestContentfulPaint::Candidate | largestContentfulPaint::CandidateForSoftNavigation |
  largestContentfulPaint::Invalidate | markAsMainFrame | navigationStart | network::URLLoader::SendResponseToClient | num_cpus |
  process_labels | process_name | process_sort_index | process_uptime_seconds | releaseFinishedCommandsLocked | stackFrames |
  task | thread_name | thread_sort_index | tint::ast::AccessorExpression | tint::ast::Alias | tint::ast::AssignmentStatement |
  tint::ast::Attribute | tint::ast::BinaryExpression | tint::ast::BindingAttribute | tint::ast::BlendSrcAttribute |
  tint::ast::BlockStatement | tint::ast::BoolLiteralExpression | tint::ast::BreakIfStatement | tint::ast::BreakStatement |
  tint::ast::BuiltinAttribute | tint::ast::CallExpression | tint::ast::CallStatement | tint::ast::CaseSelector |
  tint::ast::CaseStatement | tint::ast::ColorAttribute | tint::ast::CompoundAssignmentStatement | tint::ast::Const |
  tint::ast::ConstAssert | tint::ast::ContinueStatement | tint::ast::DiagnosticAttribute | tint::ast::DiagnosticDirective |
  tint::ast::DiagnosticRuleName | tint::ast::DiscardStatement | tint::ast::Enable | tint::ast::Expression | tint::ast::Extension |
  tint::ast::FloatLiteralExpression | tint::ast::ForLoopStatement | tint::ast::Function | tint::ast::GroupAttribute |
  tint::ast::IdAttribute | tint::ast::Identifier | tint::ast::IdentifierExpression | tint::ast::IfStatement |
  tint::ast::IncrementDecrementStatement | tint::ast::IndexAccessorExpression | tint::ast::InputAttachmentIndexAttribute |
  tint::ast::IntLiteralExpression | tint::ast::InterpolateAttribute | tint::ast::InvariantAttribute | tint::ast::Let |
  tint::ast::LiteralExpression | tint::ast::LocationAttribute | tint::ast::LoopStatement | tint::ast::MemberAccessorExpression |
  tint::ast::Module | tint::ast::MustUseAttribute | tint::ast::Node | tint::ast::Override | tint::ast::Parameter |
  tint::ast::PhonyExpression | tint::ast::Requires | tint::ast::ReturnStatement | tint::ast::StageAttribute |
  tint::ast::Statement | tint::ast::Struct | tint::ast::StructMember | tint::ast::StructMemberAlignAttribute |
  tint::ast::StructMemberSizeAttribute | tint::ast::SubgroupSizeAttribute | tint::ast::SwitchStatement |
  tint::ast::TemplatedIdentifier | tint::ast::TypeDecl | tint::ast::UnaryOpExpression | tint::ast::Var | tint::ast::Variable |
  tint::ast::VariableDeclStatement | tint::ast::WhileStatement | tint::ast::WorkgroupAttribute | tint::core::constant::Composite |
  tint::core::constant::Invalid | tint::core::constant::Node | tint::core::constant::ScalarBase | tint::core::constant::Splat |
  tint::core::constant::String | tint::core::constant::Value | tint::core::intrinsic::Any | tint::core::ir::Access |
  tint::core::ir::Binary | tint::core::ir::Block | tint::core::ir::BlockParam | tint::core::ir::BreakIf |
  tint::core::ir::BuiltinCall | tint::core::ir::Call | tint::core::ir::ConstExprIf | tint::core::ir::Constant |
  tint::core::ir::Construct | tint::core::ir::Continue | tint::core::ir::ControlInstruction | tint::core::ir::Convert |
  tint::core::ir::CoreBinary | tint::core::ir::CoreBuiltinCall | tint::core::ir::CoreUnary | tint::core::ir::Discard |
  tint::core::ir::Exit | tint::core::ir::ExitIf | tint::core::ir::ExitLoop | tint::core::ir::ExitSwitch |
  tint::core::ir::Function | tint::core::ir::FunctionParam | tint::core::ir::If | tint::core::ir::Instruction |
  tint::core::ir::InstructionResult | tint::core::ir::Let | tint::core::ir::Load | tint::core::ir::LoadVectorElement |
  tint::core::ir::Loop | tint::core::ir::MemberBuiltinCall | tint::core::ir::MultiInBlock | tint::core::ir::NextIteration |
  tint::core::ir::Override | tint::core::ir::Phony | tint::core::ir::Return | tint::core::ir::Store |
  tint::core::ir::StoreVectorElement | tint::core::ir::Switch | tint::core::ir::Swizzle | tint::core::ir::TerminateInvocation |
  tint::core::ir::Terminator | tint::core::ir::Unary | tint::core::ir::Unreachable | tint::core::ir::Unused |
  tint::core::ir::UserCall | tint::core::ir::Value | tint::core::ir::Var | tint::core::ir::type::ValueArrayCount |
  tint::core::type::AbstractFloat | tint::core::type::AbstractInt | tint::core::type::AbstractNumeric | tint::core::type::Array |
  tint::core::type::ArrayCount | tint::core::type::Atomic | tint::core::type::BindingArray | tint::core::type::Bool |
  tint::core::type::Buffer | tint::core::type::ConstantArrayCount | tint::core::type::DepthMultisampledTexture |
  tint::core::type::DepthTexture | tint::core::type::ExternalTexture | tint::core::type::Function |
  tint::core::type::InputAttachment | tint::core::type::Invalid | tint::core::type::Matrix | tint::core::type::MemoryView |
  tint::core::type::MultisampledTexture | tint::core::type::Node | tint::core::type::NumericScalar | tint::core::type::Pointer |
  tint::core::type::Reference | tint::core::type::ResourceTable | tint::core::type::RuntimeArrayCount |
  tint::core::type::SampledTexture | tint::core::type::Sampler | tint::core::type::Scalar | tint::core::type::StorageTexture |
  tint::core::type::Struct | tint::core::type::StructMember | tint::core::type::SubgroupMatrix | tint::core::type::SwizzleView |
  tint::core::type::TexelBuffer | tint::core::type::Texture | tint::core::type::Type | tint::core::type::UniqueNode |
  tint::core::type::Vector | tint::core::type::Void | tint::glsl::ir::BuiltinCall | tint::glsl::ir::CombinedTextureSamplerVar |
  tint::glsl::ir::MemberBuiltinCall | tint::resolver::IncompleteType | tint::resolver::UnresolvedIdentifier |
  tint::sem::AccessorExpression | tint::sem::Array | tint::sem::BlockStatement | tint::sem::BreakIfStatement |
  tint::sem::BuiltinEnumExpressionBase | tint::sem::BuiltinFn | tint::sem::Call | tint::sem::CallTarget |
  tint::sem::CaseSelector | tint::sem::CaseStatement | tint::sem::CompoundStatement | tint::sem::Expression |
  tint::sem::ForLoopStatement | tint::sem::Function | tint::sem::FunctionBlockStatement | tint::sem::FunctionExpression |
  tint::sem::GlobalVariable | tint::sem::IfStatement | tint::sem::IndexAccessorExpression | tint::sem::Load |
  tint::sem::LocalVariable | tint::sem::LoopBlockStatement | tint::sem::LoopContinuingBlockStatement | tint::sem::LoopStatement |
  tint::sem::Materialize | tint::sem::Module | tint::sem::NamedOverrideArrayCount | tint::sem::Node | tint::sem::Parameter |
  tint::sem::Statement | tint::sem::Struct | tint::sem::StructMember | tint::sem::StructMemberAccess |
  tint::sem::SwitchStatement | tint::sem::Swizzle | tint::sem::TypeExpression | tint::sem::UnnamedOverrideArrayCount |
  tint::sem::ValueConstructor | tint::sem::ValueConversion | tint::sem::ValueExpression | tint::sem::Variable |
  tint::sem::VariableUser | tint::sem::WhileStatement | tint::spirv::ir::Binary | tint::spirv::ir::BuiltinCall |
  tint::spirv::ir::CopyLogical | tint::spirv::type::ExplicitLayoutArray | tint::spirv::type::Image | tint::spirv::type::Literal |
  tint::spirv::type::SampledImage | tint::spirv::writer::Generate() | tint::wgsl::ir::BuiltinCall | trace_buffer_overflowed |
  v8.callAsConstructor | v8.callFunction | v8.callModuleMethodSafe | v8.compile | v8.compileModule | v8.console |
  v8.deserializeOnBackground | v8.deserializeOnBackground.finishedAfterResource |
  v8.deserializeOnBackground.finishedBeforeResource | v8.deserializeOnBackground.mergeWithExistingScript |
  v8.deserializeOnBackground.start | v8.deserializeOnBackground.startMergeWithExistingScript | v8.evaluateModule | v8.execute |
  v8.log | v8.memory | v8.newInstance | v8.parseOnBackground | v8.parseOnBackgroundParsing | v8.parseOnBackgroundWaiting |
  v8.produceCache | v8.produceModuleCache | v8.run | v8.streamingCompile.complete | v8.streamingCompile.start | v8.wasm |
  v8.wasm.cachedModule | v8.wasm.compileConsume | v8.wasm.compileConsumeDone | v8.wasm.compileDigestForConsume |
  v8.wasm.compileDigestForCreate | v8.wasm.compiledModule | v8.wasm.moduleCacheHit | v8.wasm.moduleCacheInvalid |
  v8.wasm.moduleCacheInvalidDigest | v8.wasm.streamFromResponseCallback | v8::Debugger::AsyncTaskRun |
  v8::Debugger::AsyncTaskScheduled | value | viewport | vkCreateShaderModule | wasm.AbortModuleCompilation | wasm.AbortStreaming |
  wasm.AddCompiledCode | wasm.ApplyPgoInfo | wasm.AsyncCompile | wasm.AsyncCompileJob | wasm.AsyncInstantiate |
  wasm.BaselineCompilation | wasm.BaselineFinished | wasm.CompilationAfterDeserialization | wasm.CompilationChunkFinished |
  wasm.CompilationFailed | wasm.CompileBaseline | wasm.CompileJSToWasmWrapper | wasm.CompileLazy | wasm.CompileTopTier |
  wasm.CompileWasmCapiFunction | wasm.CompileWasmImportCallWrapper | wasm.CompileWasmJSFastCallWrapper |
  wasm.CompileWasmStackEntryWrapper | wasm.DecodeModule | wasm.DecodeWasmModule | wasm.Deserialize |
  wasm.ExecuteCompilationUnits | wasm.ExecuteStartFunction | wasm.FinishAsyncCompile | wasm.FinishModuleCompilation |
  wasm.FinishStreaming | wasm.FreeDeadCode | wasm.GetNativeModuleFromCache | wasm.GetStreamingCompilationOwnership |
  wasm.GrowMemory | wasm.InitializeStreaming | wasm.LogCode | wasm.LogWasmCodes | wasm.ModuleCompilation | wasm.NewNativeModule |
  wasm.OnBytesReceived | wasm.OnCompilationSucceeded | wasm.OnFinishedUnits | wasm.OtherCompilation | wasm.PublishCode |
  wasm.ReportLiveCodeForGC | wasm.SerializeModule | wasm.SetUrl | wasm.StartStreamingCompilation | wasm.SyncCompile |
  wasm.SyncInstantiate | wasm.SyncValidate | wasm.TopTierCompilation | wasm.ValidateFunctions | wasm.ValidateFunctionsStreaming |
  wasm.ValidateFunctionsTask | wasm.WasmStreaming.Unpack | wasm.WasmToJSWrapperCompilation
`
  .split('|')
  .map((name) => name.trim());
