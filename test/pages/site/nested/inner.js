import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

inferenceLoop({ ...textDetector, note: (entry) => top.postMessage(entry, '*') });
