import type { Browser, Page } from 'playwright-core';

export interface BusyPage {
  run(): void;
  pause(): void;
}

/** Draws one pixel for some milliseconds and reads it, over and over: reading holds the thread of the GPU process that serves all pages. */
const SCRIPT = `
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
gl.useProgram(program);
gl.uniform1i(gl.getUniformLocation(program, 'turns'), 1000000);
let on = false;
addEventListener('message', ({ data }) => { on = data; });
setInterval(() => {
  if (!on) return;
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}, 5);`;

/** Another page of the same browser, and so of the same GPU process, that can be made busy on the GPU. */
export async function openBusyPage(browser: Browser): Promise<BusyPage> {
  const page: Page = await (await browser.newContext()).newPage();
  await page.setContent(`<script>${SCRIPT}</script>`);
  const set = (on: boolean) => (): void => void page.evaluate((busy) => window.postMessage(busy), on).catch(() => {});
  return { run: set(true), pause: set(false) };
}
