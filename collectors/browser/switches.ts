/**
 * Keep the browser from work of its own. On a closed network its background requests fail by the dozen and cost time; and for
 * each new context it loads two pages of its address bar (200 modules each, half a second of CPU) while ours is being set up.
 * Of two --disable-features Chrome takes the last, so those of Playwright's that keep it quiet stand here again.
 */
const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
  ].join(',')}`,
];

/** What the browser is to compute on besides the CPU. */
export type GpuUse = 'none' | 'hardware' | 'software';

/**
 * Timestamps of WebGPU are rounded to 0.1 ms without the developer features. Without a GPU the hardware's switches fall back to SwiftShader
 * by themselves, but then WebGL's timer queries are missing.
 */
const GPU: Readonly<Record<GpuUse, readonly string[]>> = {
  none: [],
  hardware: [
    '--enable-webgpu-developer-features',
    '--enable-unsafe-webgpu',
    '--ignore-gpu-blocklist',
    ...(process.platform === 'linux' ? ['--use-angle=vulkan', '--disable-vulkan-surface', '--enable-features=Vulkan'] : []),
  ],
  software: [
    '--enable-webgpu-developer-features',
    '--enable-unsafe-webgpu',
    '--use-webgpu-adapter=swiftshader',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--enable-features=Vulkan',
  ],
};

/** Command line of every browser that we launch, however it is driven. */
export const switches = (gpu: GpuUse): string[] => [...QUIET, ...GPU[gpu]];
