import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

const MARKUP = '</script><img src=x onerror="document.title=1">';
const ESCAPES = '\u001b]0;owned\u0007\u001b[2J\u001b[31m\r\b';
const NAMES = [MARKUP, ESCAPES, `\u202e${MARKUP}`, '__proto__', 'constructor', '', '\ud800', 'x'.repeat(100_000)];

document.title = `${MARKUP}${ESCAPES}`;

// A JavaScript function, its script and a worker with such names.
const named = { [MARKUP]: new Function('action', `return action();\n//# sourceURL=${MARKUP.replaceAll(' ', '_')}`) }[MARKUP];
Object.defineProperty(named, 'name', { value: ESCAPES });
const idle = URL.createObjectURL(new Blob(['setInterval(() => {}, 100)'], { type: 'text/javascript' }));
new Worker(idle, { name: `${MARKUP}${ESCAPES}` });

inferenceLoop({
  async load() {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(`/built/hostile-names.wasm?${encodeURIComponent(MARKUP)}`));
    return { session: await textDetector.load(), run: instance.exports.run };
  },
  async infer({ session, run }) {
    const start = performance.now();
    await named(() => textDetector.infer(session));
    // Short beside the model: the inference is its run alone, and what another module does around it is none.
    for (let i = 0; i < 4; i++) run();
    for (const name of NAMES) {
      performance.measure(name, { start, detail: { [MARKUP]: ESCAPES } });
      console.timeStamp(name);
    }
  },
});
