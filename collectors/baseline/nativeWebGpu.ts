import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { NativeDevice } from './nativeDevice.js';

type BrowserDevice = Pick<NonNullable<Manifest['browser']>, 'executable' | 'softwareRendering'>;

/**
 * The WebGPU provider on what the browser computes on. With a GPU nothing is set: the provider finds it. Without one it is given the
 * browser's own SwiftShader as the only driver, and the loader of Vulkan that stands beside it, so that no package is needed and
 * both run the very same code. https://github.com/KhronosGroup/Vulkan-Loader/blob/main/docs/LoaderInterfaceArchitecture.md
 * @returns a text, where this system has no such device: why, and what to do
 */
export function nativeWebGpu({ executable, softwareRendering }: BrowserDevice): NativeDevice | string {
  if (softwareRendering === false) return { provider: 'webgpu', title: 'WebGPU (hardware)', environment: {} };
  if (process.platform !== 'linux') {
    return 'the browser computes in software, and its SwiftShader can be had natively on Linux only. Use a machine with a GPU';
  }
  const folder = foldersOf(executable).find((candidate) => existsSync(join(candidate, DRIVER)));
  if (folder === undefined) {
    return `no ${DRIVER} is beside the browser ${executable}. Name a Chromium that has one in INFERSCOPE_CHROME, or run "trace doctor --fix"`;
  }
  const driver = join(folder, DRIVER);
  const loader = join(folder, LOADER);
  return {
    provider: 'webgpu',
    title: 'WebGPU (software: SwiftShader)',
    // The former is for loaders before 1.3.207, and the latter goes before it in others.
    environment: { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, ...(existsSync(loader) ? preloaded(loader) : {}) },
  };
}

const DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';

/** Not LD_LIBRARY_PATH: it would offer all else in the browser's folder too, its OpenGL for one, which makes another device. */
function preloaded(loader: string): Record<string, string> {
  const { LD_PRELOAD } = process.env;
  return { LD_PRELOAD: LD_PRELOAD ? `${loader}${delimiter}${LD_PRELOAD}` : loader };
}

/** Where the browser's files may be: beside it, or, where it is a script of the system that starts it, where systems put them. */
function foldersOf(executable: string): string[] {
  return [dirname(realpath(executable)), ...['/usr/lib', '/usr/lib64'].map((folder) => join(folder, basename(executable)))];
}

function realpath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
