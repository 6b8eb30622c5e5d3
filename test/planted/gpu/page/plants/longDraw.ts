import { clocked } from '../../../page/plant.js';
import type { CreateGpuPlant } from '../gpuPlant.js';
import { type WebGlChain, webGlChain } from '../webGlChain.js';

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

/** Makes the program that turns a pixel around and around. */
function loopIn({ gl, program }: WebGlChain): { readonly loop: WebGLProgram; readonly set: (count: number) => void } {
  const loop = program(LOOP);
  const turns = gl.getUniformLocation(loop, 'turns');
  return {
    loop,
    set(count) {
      gl.useProgram(loop);
      gl.uniform1i(turns, count);
    },
  };
}

/** How many turns take so many milliseconds, by the page's clock: WebGL's timers are a matter of the browser. */
function turnsFor(chain: WebGlChain, amountMs: number): number {
  const { drawPixel, readPixel } = chain;
  const { loop, set } = loopIn(chain);
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
  return count;
}

/** One pixel that takes so many milliseconds. */
export const longDraw: CreateGpuPlant<WebGlChain> = (chain, amountMs) => {
  const { loop, set } = loopIn(chain);
  set(turnsFor(chain, amountMs));
  return { at: 'end', act: () => chain.drawPixel(loop) };
};

/** The same in another context of the page, which draws pictures: nobody reads it back. */
export const secondContext: CreateGpuPlant<WebGlChain> = (chain, amountMs) => {
  const other = webGlChain();
  const { loop, set } = loopIn(other);
  set(turnsFor(chain, amountMs));
  return {
    at: 'end',
    act() {
      other.drawPixel(loop);
      other.gl.flush();
    },
  };
};
