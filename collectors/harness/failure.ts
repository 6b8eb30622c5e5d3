import { CollectError } from '../collectError.js';

/** Which of the browser's GPU interfaces. */
export type GpuApi = 'webgpu' | 'webgl';

export const gpuApiTitles: Readonly<Record<GpuApi, string>> = { webgpu: 'WebGPU', webgl: 'WebGL' };

/** A failure in the page whose cause is known. It is plain data, since it crosses from the page. */
export type HarnessFailure =
  /** The model needs an operator that the backend lacks. `runsOn` names the framework's backends that have it. */
  | { readonly kind: 'operator'; readonly operator: string; readonly runsOn: readonly string[] }
  /** The device or context was lost. `reason` is the browser's text, which may be empty. */
  | { readonly kind: 'lost'; readonly api: GpuApi; readonly reason: string }
  /** The browser offers no adapter, or no context. */
  | { readonly kind: 'no-device'; readonly api: GpuApi }
  /** A tensor or buffer is larger than the device allows, or its memory is full. */
  | { readonly kind: 'too-large'; readonly api: GpuApi }
  /** Wasm's memory is full. `askedBytes`: the size of the failed request, if the framework reports it. */
  | { readonly kind: 'wasm-memory'; readonly askedBytes: number | null };

/** A request to the harness page failed for a known reason. The message is the framework's own. */
export class HarnessError extends CollectError {
  constructor(
    message: string,
    readonly failure: HarnessFailure,
    /** The page's phase: "set-up", "the warm-up", "a prediction". */
    readonly during: string,
  ) {
    super(message);
  }
}
