/** How the browser serves a graphics interface. */
export type FeatureState = 'hardware' | 'software' | 'off';

/**
 * What the GPU process says of a feature: `enabled`, `unavailable_software`, `disabled_off`, … An enabled one on a renderer in software is
 * software too. https://source.chromium.org/chromium/chromium/src/+/main:content/browser/gpu/compositor_util.cc
 */
export function featureState(status: string | undefined, softwareRendering: boolean | null): FeatureState | null {
  if (status === undefined) return null;
  if (status.startsWith('enabled')) return softwareRendering ? 'software' : 'hardware';
  return /software/.test(status) ? 'software' : 'off';
}
