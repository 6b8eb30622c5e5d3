import type { Hook } from '../apiHook.js';
import type { CallLog } from '../callLog.js';

/** Shaders, and the programs linked from them: how often, from where, and whether the same again. */
export function hookPrograms(prototype: object, log: CallLog, hook: Hook): void {
  const programOf = new WeakMap<WebGLShader, number>();
  const shadersOf = new WeakMap<WebGLProgram, number[]>();
  hook(prototype, 'shaderSource', 'compile', (original) => (context, [shader, source]: [WebGLShader, string]) => {
    programOf.set(shader, log.program(String(source), ''));
    return original.call(context, shader, source);
  });
  hook(prototype, 'compileShader', 'compile', (original) => (context, [shader]: [WebGLShader], below) => {
    const facts = { program: programOf.get(shader) ?? -1, below };
    return log.timed('compileShader', facts, () => original.call(context, shader)).result;
  });
  hook(prototype, 'attachShader', 'compile', (original) => (context, [program, shader]: [WebGLProgram, WebGLShader]) => {
    shadersOf.set(program, [...(shadersOf.get(program) ?? []), programOf.get(shader) ?? -1]);
    return original.call(context, program, shader);
  });
  hook(prototype, 'linkProgram', 'compile', (original) => (context, [linked]: [WebGLProgram], below) => {
    const program = log.program(`link\n${(shadersOf.get(linked) ?? []).join()}`, '');
    return log.timed('linkProgram', { program, below }, () => original.call(context, linked)).result;
  });
}
