import { type Chain, WIDTH } from './chain.js';

export interface WebGlChain extends Chain {
  readonly gl: WebGL2RenderingContext;
  program(fragment: string): WebGLProgram;
  /** Draws one pixel with another program into the chain's next operand. */
  drawPixel(program: WebGLProgram): void;
  /** Reads one pixel of what was drawn last. */
  readPixel(): void;
}

const VERTEX = `#version 300 es
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }`;
const OPERATOR = `#version 300 es
precision highp float;
uniform sampler2D operand;
out float result;
void main() { result = texelFetch(operand, ivec2(gl_FragCoord.xy), 0).r * 0.5 + 1.0; }`;
/** Operands are squares. */
const SIDE = Math.sqrt(WIDTH);

export function webGlChain(): WebGlChain {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl?.getExtension('EXT_color_buffer_float')) throw new Error('there is no WebGL 2 that draws floats');
  const program = (fragment: string): WebGLProgram => {
    const linked = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, VERTEX],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(linked, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(linked);
    if (!gl.getProgramParameter(linked, gl.LINK_STATUS))
      throw new Error(gl.getProgramInfoLog(linked) ?? 'a program did not link');
    return linked;
  };
  const operands = [0, 1].map(() => {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R32F, SIDE, SIDE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    return { texture, framebuffer };
  });
  const operator = program(OPERATOR);
  const results = new Float32Array(WIDTH);
  let drawn = 0;
  const draw = (used: WebGLProgram, side: number): void => {
    gl.useProgram(used);
    gl.bindTexture(gl.TEXTURE_2D, operands[drawn % 2]!.texture);
    gl.bindFramebuffer(gl.FRAMEBUFFER, operands[++drawn % 2]!.framebuffer);
    gl.viewport(0, 0, side, side);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  };
  return {
    gl,
    program,
    operator: () => draw(operator, SIDE),
    drawPixel: (used) => draw(used, 1),
    readPixel: () => gl.readPixels(0, 0, 1, 1, gl.RED, gl.FLOAT, results),
    readBack: async () => gl.readPixels(0, 0, SIDE, SIDE, gl.RED, gl.FLOAT, results),
  };
}
