import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGlChain } from '../webGlChain.js';
import type { WebGpuChain } from '../webGpuChain.js';
import { askingForErrors, readingPixels } from './blockingCalls.js';
import { longDispatch } from './longDispatch.js';
import { longDraw, secondContext } from './longDraw.js';
import { newPipeline } from './newPipeline.js';
import { newProgram } from './newProgram.js';
import { uploadToBuffer } from './uploadToBuffer.js';
import { uploadToTexture } from './uploadToTexture.js';

/** What can be planted in the page, by name. */
export const webGpuPlants: Readonly<Record<string, CreateGpuPlant<WebGpuChain>>> = {
  longDispatch,
  newPipeline,
  uploadToBuffer,
};
export const webGlPlants: Readonly<Record<string, CreateGpuPlant<WebGlChain>>> = {
  askingForErrors,
  longDraw,
  newProgram,
  readingPixels,
  secondContext,
  uploadToTexture,
};
