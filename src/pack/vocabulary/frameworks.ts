import { vocabulary, words } from '../shape.js';

/** Packages that frameworks for inference in a browser publish. */
export const isPackage = vocabulary(
  words(`
    onnxruntime-web onnxruntime-common @huggingface/transformers @xenova/transformers
    @tensorflow/tfjs @tensorflow/tfjs-core @tensorflow/tfjs-converter @tensorflow/tfjs-layers @tensorflow/tfjs-data
    @tensorflow/tfjs-backend-cpu @tensorflow/tfjs-backend-wasm @tensorflow/tfjs-backend-webgl @tensorflow/tfjs-backend-webgpu
    @litertjs/core @litertjs/wasm-utils @tensorflow/tfjs-tflite @mediapipe/tasks-vision @mediapipe/tasks-text @mediapipe/tasks-audio @mediapipe/tasks-genai`),
);

/** Files as they are called there. */
export const isPublishedFile = vocabulary(
  words(`
    ort.js ort.mjs ort.min.js ort.min.mjs ort.all.js ort.all.mjs ort.all.min.js ort.all.min.mjs ort.all.bundle.min.mjs
    ort.bundle.min.mjs ort.jspi.js ort.jspi.mjs ort.jspi.min.js ort.jspi.min.mjs ort.jspi.bundle.min.mjs
    ort.wasm.js ort.wasm.mjs ort.wasm.min.js ort.wasm.min.mjs ort.wasm.bundle.min.mjs ort.webgl.js ort.webgl.mjs
    ort.webgl.min.js ort.webgl.min.mjs ort.webgpu.js ort.webgpu.mjs ort.webgpu.min.js ort.webgpu.min.mjs ort.webgpu.bundle.min.mjs
    ort-wasm.wasm ort-wasm-simd.wasm ort-wasm-threaded.wasm
    ort-wasm-simd-threaded.mjs ort-wasm-simd-threaded.wasm ort-wasm-simd-threaded.asyncify.mjs ort-wasm-simd-threaded.asyncify.wasm
    ort-wasm-simd-threaded.jsep.mjs ort-wasm-simd-threaded.jsep.wasm ort-wasm-simd-threaded.jspi.mjs
    ort-wasm-simd-threaded.jspi.wasm
    tf.js tf.min.js tf.fesm.js tf.fesm.min.js tf.es2017.js tf.es2017.min.js tf-core.js tf-core.min.js
    tf-backend-wasm.js tf-backend-wasm.min.js tf-backend-webgpu.js tf-backend-webgpu.min.js
    tf-backend-webgl.js tf-backend-webgl.min.js tf-backend-cpu.js tf-backend-cpu.min.js tf-converter.js tf-converter.min.js
    tfjs-backend-wasm.wasm tfjs-backend-wasm-simd.wasm tfjs-backend-wasm-threaded-simd.wasm
    tfjs-backend-wasm-threaded-simd.worker.js
    litert_wasm_internal.js litert_wasm_internal.wasm litert_wasm_compat_internal.js litert_wasm_compat_internal.wasm
    litert_wasm_threaded_internal.js litert_wasm_threaded_internal.wasm litert_wasm_jspi_internal.js litert_wasm_jspi_internal.wasm
    transformers.js transformers.min.js transformers.web.js transformers.web.min.js`),
);

/** User timing by which frameworks mark what they do: `ort.env.trace` of ONNX Runtime Web. */
export const isFrameworkMark = vocabulary(words(`ORT::InferenceSession.run ORT::InferenceSession.create`));

/** What ONNX Runtime's own profile holds, beside operators, and the endings of their names. */
export const isSessionEvent = vocabulary(
  words(`model_run session_initialization model_loading_uri model_loading_array model_loading_from_saved_proto
    model_loading_proto model_loading_istream SequentialExecutor::Execute`),
);
export const NODE_ENDINGS = ['_kernel_time', '_fence_before', '_fence_after', '_kernel_launch'];

/** Exports of runtimes and of Emscripten, which finders may know. */
export const isSymbol = vocabulary(
  words(`
    OrtInit OrtGetLastError OrtCreateSessionOptions OrtAppendExecutionProvider OrtAddFreeDimensionOverride
    OrtAddSessionConfigEntry OrtReleaseSessionOptions OrtCreateSession OrtReleaseSession OrtGetInputOutputCount
    OrtGetInputOutputMetadata OrtGetInputName OrtGetOutputName OrtFree OrtCreateTensor OrtGetTensorData OrtReleaseTensor
    OrtCreateRunOptions OrtAddRunConfigEntry OrtReleaseRunOptions OrtCreateBinding OrtBindInput OrtBindOutput
    OrtClearBoundOutputs OrtReleaseBinding OrtRunWithBinding OrtRun OrtEndProfiling JsepOutput JsepGetNodeName
    asyncify_start_unwind asyncify_stop_unwind asyncify_start_rewind asyncify_stop_rewind asyncify_get_state
    malloc free memory main env wasi_snapshot_preview1 _start _initialize __indirect_function_table __wasm_call_ctors
    emscripten_stack_get_base emscripten_stack_get_current emscripten_stack_get_end emscripten_stack_init
    emscripten_stack_set_limits stackAlloc stackRestore stackSave pthread_self
    _emscripten_tls_init _emscripten_thread_init _emscripten_thread_crashed _emscripten_thread_exit
    _emscripten_thread_free_data _emscripten_run_in_main_runtime_thread_js _emscripten_check_mailbox
    _emscripten_proxy_main __funcs_on_exit`),
);

/** Operator types of ONNX and ONNX Runtime, and kernels of TensorFlow.js. */
export const isOperator = vocabulary(
  words(`
    Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization BiasAdd BiasGelu
    BiasSoftmax BiasSplitGelu BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Cast CastLike Ceil Celu Clip Compress Concat
    ConcatFromSequence Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumSum DFT DepthToSpace
    DequantizeLinear Det Div Dropout DynamicQuantizeLinear DynamicQuantizeMatMul DynamicQuantizeLSTM Einsum Elu
    EmbedLayerNormalization Equal Erf Exp Expand EyeLike FastGelu Flatten Floor FusedConv FusedGemm FusedMatMul GRU Gather
    GatherBlockQuantized GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual
    GridSample GroupNormalization GroupQueryAttention HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If
    InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual LinearAttention Log LogSoftmax Loop
    LpNormalization LpPool MatMul MatMulInteger MatMulIntegerToFloat MatMulNBits Max MaxPool MaxRoiPool Mean MelWeightMatrix
    MemcpyFromHost MemcpyToHost Min Mish Mod Mul MultiHeadAttention Multinomial NhwcConv NhwcFusedConv NhwcMaxPool Neg
    NonMaxSuppression NonZero Not OneHot Or PRelu Pad Pow QAttention QGemm QLinearAdd QLinearAveragePool QLinearConcat
    QLinearConv QLinearGlobalAveragePool QLinearLeakyRelu QLinearMatMul QLinearMul QLinearSigmoid QLinearSoftmax QLinearWhere
    QuantizeLinear QuickGelu RMSNormalization RNN RandomNormal RandomUniform Range Reciprocal ReduceL# ReduceLogSum
    ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu RemovePadding ReorderInput
    ReorderOutput Reshape Resize RestorePadding ReverseSequence RoiAlign RotaryEmbedding Round Rsqrt STFT Scan Scatter
    ScatterElements ScatterND Selu SequenceAt SequenceEmpty SequenceInsert Shape Shrink Sigmoid Sign
    SimplifiedLayerNormalization Sin Sinh Size SkipLayerNormalization SkipSimplifiedLayerNormalization Slice Softmax Softplus
    Softsign SpaceToDepth Split Sqrt Square Squeeze Sub Sum Tan Tanh ThresholdedRelu Tile TopK Transpose TransposeMatMul Trilu
    Unique Unsqueeze Upsample Where Xor
    AddN AddV# All Any ArgMax AvgPool AvgPool#D AvgPoolGrad BatchMatMul BatchToSpaceND Bincount BroadcastTo Bucketize Ceil
    ClipByValue Complex ComplexAbs Conv#D Conv#DBackpropFilter Conv#DBackpropInput Conv#DBackpropInputV# CropAndResize Cumprod
    Cumsum DenseBincount DepthwiseConv#dNative Diag Dilation#D Draw ExpandDims Expm# FFT Fill FlipLeftRight FloorDiv
    FromPixels FusedBatchNorm FusedBatchNormV# FusedConv#D FusedDepthwiseConv#D GatherV# IFFT Imag InvertPermutation IsFinite
    IsNan LinSpace Log#p LogicalAnd LogicalNot LogicalOr LowerBound Max MaxPool#D MaxPoolWithArgmax Maximum Minimum MirrorPad
    Multiply NonMaxSuppressionV# NotEqual OnesLike Pack PadV# Pool Prelu Prod RaggedGather RaggedRange Real RealDiv Relu#
    ResizeBilinear ResizeNearestNeighbor Reverse RotateWithOffset SearchSorted Select SparseReshape SparseToDense SplitV
    SquaredDifference StaticRegexReplace Step StridedSlice StringNGrams TensorScatterUpdate Transform Unpack
    UnsortedSegmentSum UpperBound ZerosLike _FusedMatMul`),
);

/** What runs an operator, and the types of its tensors. */
export const isProvider = vocabulary(
  words(`CPU CPUExecutionProvider Wasm WebGpu WebGPU WebGpuExecutionProvider WebNN WebNNExecutionProvider JS JsExecutionProvider
    XNNPACK XnnpackExecutionProvider CUDAExecutionProvider DmlExecutionProvider webgl webgpu wasm cpu`),
);
export const isTensorType = vocabulary(
  words(`float float# float##_# bfloat# double string bool int# uint# complex# seq map optional int4 uint4`),
);
/** As ONNX Runtime's profile writes types with shapes: `[{"float":[1,3,224,224]},{"float":[32]}]`. */
export const TYPED_SHAPES = /^\[(\{"(float|double|bfloat16|float16|u?int\d{1,2}|bool|string)":\[[\d,]{0,200}\]\},?){0,64}\]$/;
