import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** What the collector must know of a framework outside the page; its code in the page is in harness/page/frameworks/. */
export interface Framework {
  readonly title: string;
  readonly backends: readonly string[];
  /** Folder of its published scripts and Wasm modules. */
  folder(): string;
}

const require = createRequire(import.meta.url);

/** The frameworks that can be run, by id. */
export const frameworks = {
  ort: { title: 'onnxruntime-web', backends: ['wasm'], folder: () => dirname(require.resolve('onnxruntime-web')) },
} as const satisfies Record<string, Framework>;

export type FrameworkId = keyof typeof frameworks;

/** ORT's own rule for its default: half the cores, four at the most. https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html */
export function defaultThreads(cores: number): number {
  return Math.min(4, Math.ceil(cores / 2));
}
