import { CollectError } from '../collectError.js';

/** Which of the browser's GPU interfaces. */
export type GpuApi = 'webgpu' | 'webgl';

export const gpuApiTitles: Readonly<Record<GpuApi, string>> = { webgpu: 'WebGPU', webgl: 'WebGL' };

/** A failure in the page whose cause is known; plain data, since it crosses from the page. */
export type HarnessFailure =
  /** The model needs an operator that the backend does not have; `runsOn` names backends of the framework that do. */
  | { readonly kind: 'operator'; readonly operator: string; readonly runsOn: readonly string[] }
  /** The device or context went away, with what the browser says of it, which may be nothing. */
  | { readonly kind: 'lost'; readonly api: GpuApi; readonly reason: string }
  /** The browser gives no adapter, or no context. */
  | { readonly kind: 'no-device'; readonly api: GpuApi }
  /** A tensor or buffer is larger than the device takes, or its memory is full. */
  | { readonly kind: 'too-large'; readonly api: GpuApi }
  /** Wasm's memory is full. `askedBytes`: what the framework wanted at once, if it says so. */
  | { readonly kind: 'wasm-memory'; readonly askedBytes: number | null };

/** A request to the harness page failed, and the page knows why. Its message is the framework's own words. */
export class HarnessError extends CollectError {
  constructor(
    message: string,
    readonly failure: HarnessFailure,
    /** What the page was doing: "set-up", "the warm-up", "a prediction". */
    readonly during: string,
  ) {
    super(message);
  }
}
