import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

const PER_TICK = 100;
let count = 0;

// Marks that nobody ends, measures in the future and the past, names that others use, and details that are long.
setInterval(() => {
  const nowMs = performance.now();
  for (let i = 0; i < PER_TICK; i++) {
    count++;
    performance.mark(i % 2 === 0 ? 'detect text: begin' : `mark ${count}`, { detail: 'x'.repeat(200) });
    performance.measure(i % 3 === 0 ? 'detect text' : `inferscope:00000000:iteration:${count}`, {
      start: Math.max(0, nowMs - i),
      end: nowMs + (i % 5 === 0 ? 1e6 : i),
    });
  }
  performance.clearMarks();
  performance.clearMeasures();
}, 10);

inferenceLoop(textDetector);
