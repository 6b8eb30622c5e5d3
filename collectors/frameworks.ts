import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What the collector knows about a framework outside the page. Its code in the page is in harness/page/frameworks/. */
export interface Framework {
  readonly title: string;
  readonly backends: readonly string[];
  /** The model format that it reads. */
  readonly format: 'onnx' | 'tfjs';
  /** Its Wasm backend also has modules without SIMD, and a setting to use them. */
  readonly switchesSimd: boolean;
  /** Backends whose operators the framework times itself. */
  readonly profiledBackends: readonly string[];
  /** Folders with its published scripts and Wasm modules, by the name in their URL: `/framework/<name>/`. */
  folders(): Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
const folderOf = (entry: string): string => dirname(require.resolve(entry));

/** All supported frameworks, by id. */
export const frameworks = {
  ort: {
    title: 'onnxruntime-web',
    backends: ['wasm', 'webgl', 'webgpu'],
    format: 'onnx',
    switchesSimd: false,
    profiledBackends: ['wasm', 'webgpu'],
    folders: () => ({ 'onnxruntime-web': folderOf('onnxruntime-web') }),
  },
  tfjs: {
    title: 'TensorFlow.js',
    backends: ['wasm', 'webgl', 'webgpu'],
    format: 'tfjs',
    switchesSimd: true,
    profiledBackends: ['wasm', 'webgl', 'webgpu'],
    folders: () => ({
      tfjs: folderOf('@tensorflow/tfjs'),
      'tfjs-backend-wasm': folderOf('@tensorflow/tfjs-backend-wasm'),
      'tfjs-backend-webgpu': folderOf('@tensorflow/tfjs-backend-webgpu'),
    }),
  },
} as const satisfies Record<string, Framework>;

export type FrameworkId = keyof typeof frameworks;

export const frameworkIds = Object.keys(frameworks) as readonly FrameworkId[];

/** Whether a backend computes on the GPU, or on software rendering in its place. */
export const isGpuBackend = (backend: string): boolean => backend === 'webgl' || backend === 'webgpu';

/**
 * ORT's own default: half the cores, at most four. https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html
 */
export function defaultThreads(cores: number): number {
  return Math.min(4, Math.ceil(cores / 2));
}

const packageFile = z.object({ version: z.string() });

/** The installed version of a framework, from its package. */
export function frameworkVersion(framework: FrameworkId): string {
  const [folder] = Object.values(frameworks[framework].folders());
  return packageFile.parse(JSON.parse(readFileSync(join(dirname(folder!), 'package.json'), 'utf8'))).version;
}
