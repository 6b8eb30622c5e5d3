import { expect, test } from 'vitest';
import { dataName } from '../../src/notebookServer/dataName.js';

test.each([
  ['traces/2026-11-23T09-40-12-ppocr-det/', '2026-11-23T09-40-12-ppocr-det'],
  ['Trace.json.gz', 'Trace'],
  ['my.trace.json', 'my'],
  ['a b/</script><img src=x>', 'script-img-src-x'],
  ['..hidden', 'hidden'],
  ['\u0024{x}\u202e\u001b[31m', 'x-31m'],
  ['写真', 'bundle'],
  ['x'.repeat(300), 'x'.repeat(80)],
])('%j is called %s', (source, name) => {
  expect(dataName(source)).toBe(name);
});
