/** As they are written. */
const TITLES: Readonly<Record<string, string>> = { webgl: 'WebGL', webgpu: 'WebGPU' };

/** The API through which a backend uses the GPU, which the backend is named after: "WebGL", "WebGPU". Null if it computes on the CPU. */
export function gpuApi(backend: string): string | null {
  return Object.hasOwn(TITLES, backend) ? TITLES[backend]! : null;
}
