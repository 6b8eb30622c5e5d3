import { clocked } from '../../../page/plant.js';
import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGlChain } from '../webGlChain.js';

const LOOP = `#version 300 es
precision highp float;
uniform sampler2D operand;
uniform highp int turns;
out float result;
void main() {
  float value = texelFetch(operand, ivec2(0), 0).r;
  for (int i = 0; i < turns; i++) value = fract(value * 1.1 + 0.37);
  result = value;
}`;
const FIRST_TURNS = 100_000;
const CALIBRATIONS = 7;

/** One pixel that takes so many milliseconds, by the page's clock: WebGL's timers are a matter of the browser. */
export const longDraw: CreateGpuPlant<WebGlChain> = ({ gl, program, drawPixel, readPixel }, amountMs) => {
  const loop = program(LOOP);
  const turns = gl.getUniformLocation(loop, 'turns');
  const set = (count: number): void => {
    gl.useProgram(loop);
    gl.uniform1i(turns, count);
  };
  let count = FIRST_TURNS;
  for (let round = 0; round < 2; round++) {
    let fastestMs = Number.POSITIVE_INFINITY;
    set(count);
    for (let i = 0; i < CALIBRATIONS; i++) {
      drawPixel(loop);
      fastestMs = Math.min(fastestMs, clocked(readPixel));
    }
    count = Math.round((count * amountMs) / fastestMs);
  }
  set(count);
  return { at: 'end', act: () => drawPixel(loop) };
};
