/** What a native run computes on. */
export interface NativeDevice {
  /** Of onnxruntime-node. */
  readonly provider: 'cpu' | 'webgpu';
  /** For people, e.g. "WebGPU (software: SwiftShader)". */
  readonly title: string;
  /** Variables that its process needs in its environment, besides those of this one. */
  readonly environment: Readonly<Record<string, string>>;
}

export const nativeCpu: NativeDevice = { provider: 'cpu', title: 'CPU', environment: {} };
