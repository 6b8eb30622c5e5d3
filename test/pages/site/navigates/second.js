import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

if (location.hash) globalThis.log.push(...JSON.parse(decodeURIComponent(location.hash.slice(1))));
history.replaceState(null, '', location.pathname);
inferenceLoop(textDetector);
