import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

// As a user would to see it in DevTools: a measure around each inference.
inferenceLoop({
  load: textDetector.load,
  async infer(session) {
    performance.mark('detect text: begin');
    await textDetector.infer(session);
    performance.measure('detect text', 'detect text: begin');
  },
});
