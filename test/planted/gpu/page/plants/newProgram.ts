import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGlChain } from '../webGlChain.js';

/** A shader of so many lines that no cache has seen, linked into a program. Giving it back waits until the driver has made all of it. */
export const newProgram: CreateGpuPlant<WebGlChain> = ({ gl, program }, lines) => {
  let made = 0;
  return {
    at: 'end',
    act() {
      const constant = `${++made}.0`;
      const body = Array.from({ length: lines }, (_, i) => `result = sin(result * ${constant} + ${i}.0);`).join('\n');
      gl.deleteProgram(
        program(`#version 300 es\nprecision highp float;\nout float result;\nvoid main() {\nresult = 1.0;\n${body}\n}`),
      );
    },
  };
};
