import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGlChain } from '../webGlChain.js';

const WIDTH = 4000;

/** So many megabytes for the GPU, as a texture of floats. */
export const uploadToTexture: CreateGpuPlant<WebGlChain> = ({ gl }, megabytes) => {
  const height = (megabytes * 1e6) / 4 / WIDTH;
  const values = new Float32Array(WIDTH * height).fill(1);
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R32F, WIDTH, height);
  return {
    at: 'end',
    act() {
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, WIDTH, height, gl.RED, gl.FLOAT, values);
    },
  };
};
