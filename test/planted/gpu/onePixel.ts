/** Script that sets up `gl` and `program`, which draws one pixel by as many `turns` of a loop as its uniform says. */
export const ONE_PIXEL = `
const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
const program = gl.createProgram();
for (const [type, source] of [
  [gl.VERTEX_SHADER, 'void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }'],
  [gl.FRAGMENT_SHADER, \`precision highp float; uniform highp int turns; out vec4 result;
    void main() {
      float value = gl_FragCoord.x;
      for (int i = 0; i < turns; i++) value = fract(value * 1.1 + 0.37);
      result = vec4(value);
    }\`],
]) {
  const shader = gl.createShader(type);
  gl.shaderSource(shader, '#version 300 es\\n' + source);
  gl.compileShader(shader);
  gl.attachShader(program, shader);
}
gl.linkProgram(program);
gl.useProgram(program);`;
