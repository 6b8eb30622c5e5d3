import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

function thrower() {
  throw new Error('thrown by the page');
}
const everything = new Proxy(thrower, new Proxy({}, { get: () => thrower }));
const fix = (object, name, value) => Object.defineProperty(object, name, { value, writable: false, configurable: false });

// A clock that runs backwards. ONNX Runtime itself asks it, so it has to be a number.
let lieMs = 0;
fix(performance, 'now', () => --lieMs);
fix(performance, 'timeOrigin', 0);
for (const name of ['mark', 'measure', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'toJSON'])
  fix(performance, name, thrower);
for (const name of ['log', 'info', 'warn', 'error', 'debug', 'time', 'timeEnd', 'timeStamp']) fix(console, name, thrower);
for (const name of ['Worker', 'SharedWorker', 'PerformanceObserver', 'MessageChannel']) fix(globalThis, name, everything);
fix(JSON, 'stringify', thrower);
Error.prepareStackTrace = thrower;
Object.defineProperty(Object.prototype, 'toJSON', { get: thrower, set: thrower });

/** Calls that a hook might look into: what they are given throws at every look. */
function bait() {
  for (const call of [
    () => new WebAssembly.Module(everything),
    () => new WebAssembly.Instance(everything, everything),
    () => new WebAssembly.Memory(everything),
    () => new Worker(everything, everything),
    () => postMessage(everything),
  ]) {
    try {
      call();
    } catch {}
  }
  WebAssembly.instantiate(everything, everything).catch(() => {});
  WebAssembly.compile(everything).catch(() => {});
}

inferenceLoop({
  async load() {
    const session = await textDetector.load();
    // Neither put in nor taken out.
    Object.freeze(WebAssembly);
    return session;
  },
  infer(session) {
    bait();
    return textDetector.infer(session);
  },
});
