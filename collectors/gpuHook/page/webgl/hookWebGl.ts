import { FREEING, SIZING, webGlSizes } from '../../../memory/page/watchWebGlMemory.js';
import { type ApiHook, apiHook, type Hook } from '../apiHook.js';
import { type CallLog, uploadFacts } from '../callLog.js';
import type { Replaced } from '../replaceMethod.js';
import { ElapsedTimer } from './elapsedTimer.js';

type Context = WebGLRenderingContext | WebGL2RenderingContext;

/** Calls that may wait for the GPU process or the device, and return its answer. */
const ROUND_TRIPS = [
  'readPixels',
  'getBufferSubData',
  'getError',
  'finish',
  'clientWaitSync',
  'getSyncParameter',
  'checkFramebufferStatus',
  'getShaderParameter',
  'getProgramParameter',
  'getShaderInfoLog',
  'getProgramInfoLog',
  'getUniformLocation',
  'getAttribLocation',
  'getActiveUniform',
  'getActiveAttrib',
  'getUniform',
] as const;
const UPLOADS = [
  'texImage2D',
  'texSubImage2D',
  'texImage3D',
  'texSubImage3D',
  'compressedTexImage2D',
  'bufferData',
  'bufferSubData',
] as const;
type Sizing = (typeof SIZING)[number];
const isSizing = (name: string): name is Sizing => (SIZING as readonly string[]).includes(name);
const SUBMISSIONS = ['flush', 'fenceSync'] as const;
const DRAWS = ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'drawRangeElements'] as const;
/** Calls that end a jointly timed stretch of draws: the page waits for the draws, or submits them. */
const ENDS: ReadonlySet<string> = new Set([...SUBMISSIONS, 'readPixels', 'getBufferSubData', 'finish']);
/** Called every few milliseconds until the device is done. Finding the caller would cost more than the call. */
const POLLS: ReadonlySet<string> = new Set(['clientWaitSync', 'getSyncParameter']);
const READBACKS: ReadonlySet<string> = new Set(['readPixels', 'getBufferSubData']);

interface State {
  readonly timer: ElapsedTimer | null;
  draws: number;
}

/** https://registry.khronos.org/webgl/specs/latest/2.0/ */
export function hookWebGl(log: CallLog, replaced: Replaced): ApiHook {
  return apiHook((hook) => {
    const states = new Map<Context, State>();
    const stateOf = (context: Context): State => {
      const known = states.get(context);
      if (known) return known;
      const state = { timer: ElapsedTimer.of(context, log), draws: 0 };
      states.set(context, state);
      describe(context, state, log);
      return state;
    };
    if (typeof WebGLRenderingContext !== 'undefined') hookContexts(WebGLRenderingContext.prototype, log, hook, stateOf, states);
    if (typeof WebGL2RenderingContext !== 'undefined') hookContexts(WebGL2RenderingContext.prototype, log, hook, stateOf, states);
    return async () => {
      for (const { timer } of states.values()) await timer?.settle();
    };
  }, replaced);
}

function describe(context: Context, { timer }: State, log: CallLog): void {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  log.adapters.push({
    api: 'webgl',
    vendor: String(context.getParameter(info ? info.UNMASKED_VENDOR_WEBGL : context.VENDOR)),
    architecture: '',
    description: String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER)),
    fallback: null,
    timing: timer ? 'elapsed' : 'none',
  });
  context.canvas.addEventListener('webglcontextlost', (event) => {
    const reason = (event as WebGLContextEvent).statusMessage || 'for no reason given';
    log.losses.push({ api: 'webgl', atMs: log.now(), reason });
  });
}

function hookContexts(
  prototype: object,
  log: CallLog,
  hook: Hook,
  stateOf: (context: Context) => State,
  states: ReadonlyMap<Context, State>,
): void {
  for (const name of [...ROUND_TRIPS, ...SUBMISSIONS]) {
    const isEnd = ENDS.has(name);
    const isReadback = READBACKS.has(name);
    const isSubmission = (SUBMISSIONS as readonly string[]).includes(name);
    const isPlaced = !isSubmission && !POLLS.has(name);
    hook(prototype, name, isSubmission ? 'submit' : 'sync', (original) => (context: Context, parameters: unknown[], below) => {
      const state = stateOf(context);
      if (state.timer?.isOwn) return original.apply(context, parameters);
      const count = isEnd ? state.draws : -1;
      if (isEnd) {
        state.draws = 0;
        state.timer?.end();
      }
      const facts = {
        count,
        bytes: isReadback ? bytesIn(parameters) : -1,
        context: log.contextOf(context),
        below: isPlaced ? below : undefined,
      };
      const { result, row } = log.timed(name, facts, () => original.apply(context, parameters));
      if (isEnd) state.timer?.endedBy(row);
      return result;
    });
  }
  const sizes = webGlSizes((bytes) => log.hold(bytes));
  for (const name of UPLOADS) {
    hook(prototype, name, 'transfer', (original) => (context: Context, parameters: unknown[], below) => {
      const bytes = bytesIn(parameters);
      const upload = () => original.apply(context, parameters);
      // A call without data only allocates.
      const facts = uploadFacts(bytes, log.contextOf(context), below);
      const result = bytes < 0 ? upload() : log.timed(name, facts, upload).result;
      if (isSizing(name)) sizes.sized(name, context as WebGL2RenderingContext, parameters);
      return result;
    });
  }
  for (const name of SIZING.filter((one) => !(UPLOADS as readonly string[]).includes(one))) {
    hook(prototype, name, 'encode', (original) => (context: Context, parameters: unknown[]) => {
      const result = original.apply(context, parameters);
      sizes.sized(name, context as WebGL2RenderingContext, parameters);
      return result;
    });
  }
  for (const name of FREEING) {
    hook(prototype, name, 'encode', (original) => (context: Context, parameters: unknown[]) => {
      sizes.freed(parameters[0]);
      return original.apply(context, parameters);
    });
  }
  for (const name of DRAWS) {
    hook(prototype, name, 'encode', (original) => (context: Context, parameters: unknown[]) => {
      const state = stateOf(context);
      if (state.draws === 0) state.timer?.begin();
      state.draws++;
      return original.apply(context, parameters);
    });
  }
  hookPrograms(prototype, log, hook);
  // Two queries of one kind cannot run at once, so the page's own takes precedence.
  hook(prototype, 'beginQuery', 'encode', (original) => (context: Context, parameters: unknown[]) => {
    const timer = states.get(context)?.timer;
    if (timer && !timer.isOwn) timer.yieldToPage();
    return original.apply(context, parameters);
  });
  hook(prototype, 'endQuery', 'encode', (original) => (context: Context, parameters: unknown[]) => {
    const result = original.apply(context, parameters);
    const timer = states.get(context)?.timer;
    if (timer && !timer.isOwn) timer.resume();
    return result;
  });
  hook.rest(prototype);
}

/** Bytes of the first view or buffer among the parameters; -1 if there is none. */
function bytesIn(parameters: readonly unknown[]): number {
  for (const parameter of parameters) {
    if (ArrayBuffer.isView(parameter) || parameter instanceof ArrayBuffer) return parameter.byteLength;
  }
  return -1;
}

/** Shaders, and the programs linked from them: how often, from where, and whether repeated. */
function hookPrograms(prototype: object, log: CallLog, hook: Hook): void {
  const programOf = new WeakMap<WebGLShader, number>();
  const shadersOf = new WeakMap<WebGLProgram, number[]>();
  hook(prototype, 'shaderSource', 'compile', (original) => (context, [shader, source]: [WebGLShader, string]) => {
    programOf.set(shader, log.program(String(source), ''));
    return original.call(context, shader, source);
  });
  hook(prototype, 'compileShader', 'compile', (original) => (context: Context, [shader]: [WebGLShader], below) => {
    const facts = { program: programOf.get(shader) ?? -1, context: log.contextOf(context), below };
    return log.timed('compileShader', facts, () => original.call(context, shader)).result;
  });
  hook(prototype, 'attachShader', 'compile', (original) => (context, [program, shader]: [WebGLProgram, WebGLShader]) => {
    shadersOf.set(program, [...(shadersOf.get(program) ?? []), programOf.get(shader) ?? -1]);
    return original.call(context, program, shader);
  });
  hook(prototype, 'linkProgram', 'compile', (original) => (context: Context, [linked]: [WebGLProgram], below) => {
    const program = log.program(`link\n${(shadersOf.get(linked) ?? []).join()}`, '');
    const facts = { program, context: log.contextOf(context), below };
    return log.timed('linkProgram', facts, () => original.call(context, linked)).result;
  });
}
