import { customSection, leb, moduleOf, op, text, vector } from '../wasm/builder.js';

/** What the names of the module's functions hold, and of its own: markup, and what a terminal would obey. */
const NAMES = ['<img src=x onerror="document.title=1">', '\u001b]0;owned\u0007\u001b[2J'];
const MODULE = '</script><script>document.title=1</script>';

/** (name) subsections 0, the module, and 1, its functions. https://webassembly.github.io/spec/core/appendix/custom.html#name-section */
const names = [
  ...[0, ...leb(text(MODULE).length), ...text(MODULE)],
  ...((content) => [1, ...leb(content.length), ...content])(vector(NAMES.map((name, i) => [i, ...text(name)]))),
];

/** Adds for a while: 64 times a loop that begins anew at 65,472. */
const body = Array.from({ length: 64 }, () => [0x41, 0xc0, 0xff, 0x03, 0x21, 0, ...op.loop(op.float(), op.count())]).flat();

/** A module of two functions with hostile names, of which `run` calls both. */
export const hostileNamesModule = moduleOf({
  functions: [body, [...op.call(0), ...body]],
  exports: { run: 1 },
  custom: [customSection('name', names)],
});
