import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runTrace } from './runTrace.js';

const root = mkdtempSync(join(tmpdir(), 'inferscope-compare-usage-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const TINY = '--model=tiny-operators';

test.each([
  [['a=--model=tiny-operators'], 'Not enough non-option arguments'],
  [[`a=${TINY}`, `a=${TINY}`], 'Both are called a'],
  [[`a=${TINY}`, `b=${TINY}`, '--limit', 'fast'], '--limit fast: a limit is like 5%'],
  [[`a=${TINY}`, `b=${TINY}`, '--limit', 'gc=1ms'], 'there is no figure "gc"'],
  [[`a=${TINY}`, `b=${TINY}`, '--limit', 'memory=+1ms'], 'memory is measured in bytes'],
  [[`a=${TINY}`, `b=${TINY}`, '--limit', '5%', '--limit', 'prediction=10%'], '--limit names prediction twice'],
  [[`a=${TINY}`, `b=${TINY}`, '--strict'], '--strict is about limits'],
  [[`a=${TINY}`, `b=${TINY}`, '--processes', '0'], '--processes is a whole number'],
  [[`a=${TINY}`, `b=${TINY}`, '--apart'], '--apart is for two bundles'],
  [[`a=${TINY} --ladder`, `b=${TINY}`], 'a: --ladder has no meaning in a comparison'],
  [[`a=${TINY} --iterations 5`, `b=${TINY}`], 'a: --iterations is for a page here'],
  [[`a=${TINY} --treads 2`, `b=${TINY}`], 'Did you mean --threads?'],
  [[`a=${TINY}`, `head=${TINY} --backend webnn`], 'head: --framework ort has no backend "webnn"'],
  [[`a=${TINY}`, `b=${TINY} --js-flags=rm`], 'b: --js-flags takes switches of V8'],
  [[`a=${TINY}`, `b=${TINY} --package left-pad@1`], 'it is onnxruntime-web@ and a version'],
  [[`a=${TINY}`, 'http://127.0.0.1:9/'], 'One is a model and the other a page'],
  [['traces/recorded/ppocr-det-worker', `b=${TINY}`], 'was recorded before, and the other is to be recorded now'],
])('trace compare %j is wrong usage', async (args, message) => {
  const { code, stderr, stdout } = await runTrace(['compare', ...args, '--out', join(root, 'nothing')]);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
