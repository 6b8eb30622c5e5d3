/**
 * Switches that keep the browser from work of its own. On a closed network its background requests fail by the dozen and cost
 * time. For each new context it also loads two pages of its address bar (200 modules each, half a second of CPU) during our
 * set-up.
 * Chrome only uses the last of two --disable-features, so this list repeats the features that Playwright disables.
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

/** The GPU of the browser: none, the hardware, or software rendering. */
export type GpuUse = 'none' | 'hardware' | 'software';

/**
 * Without the developer features, WebGPU's timestamps are rounded to 0.1 ms. Without a GPU the hardware switches fall back to
 * SwiftShader by themselves, but WebGL's timer queries are then missing.
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

/**
 * Command line of every browser that we launch, with or without Playwright.
 * @param v8Flags switches for V8, e.g. `--no-liftoff`
 */
export const switches = (gpu: GpuUse, v8Flags: readonly string[] = []): string[] => [
  ...QUIET,
  ...GPU[gpu],
  ...(v8Flags.length > 0 ? [`--js-flags=${v8Flags.join(' ')}`] : []),
];
