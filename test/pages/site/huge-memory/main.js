import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

// Of which no page is ever touched: it costs addresses, until somebody copies it.
const PAGES_OF_2_GIB = 32_768;
globalThis.memory = new WebAssembly.Memory({ initial: PAGES_OF_2_GIB, maximum: PAGES_OF_2_GIB });

inferenceLoop(textDetector);
