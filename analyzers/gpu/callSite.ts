import type { CallSite } from '../analysis.js';

const MOST_FRAMES = 8;
/** `name (url:line:column)` or `url:line:column`. https://v8.dev/docs/stack-trace-api */
const FRAME = /^(?:(.*?) )?\(?([^\s()]+):(\d+):(\d+)\)?$/;

/** The innermost position in a script of a stack as V8 writes it. @returns null where none has one */
export function callSite(stack: string): CallSite | null {
  const frames = stack.split('\n');
  for (const frame of frames) {
    const [, name, script, line, column] = FRAME.exec(frame) ?? [];
    if (script === undefined) continue;
    return {
      function: name ? name.replace(/^async /, '') : null,
      script,
      line: Number(line),
      column: Number(column),
      stack: frames.slice(0, MOST_FRAMES),
    };
  }
  return null;
}
