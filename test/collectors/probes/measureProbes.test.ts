import type { Browser } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { measureProbes, type ProbeModel } from '../../../collectors/probes/measureProbes.js';
import { FakeBrowser } from '../browser/fakeBrowser.js';

const model: ProbeModel = { path: 'probe.onnx', inputs: [], operations: 1 };
const servers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

describe('measureProbes leaves no server behind, which would keep the process alive', () => {
  test('where the browser is gone', async () => {
    const before = servers();
    const browser = Object.assign(new FakeBrowser(), { newContext: () => Promise.reject(new Error('gone')) });
    await expect(measureProbes(browser.asBrowser, model, new AbortController().signal)).rejects.toThrow('gone');
    await expect.poll(servers).toBe(before);
  });

  test('where it was stopped before the native run began', async () => {
    const before = servers();
    await expect(measureProbes({} as Browser, model, AbortSignal.abort('SIGINT'))).rejects.toBe('SIGINT');
    await expect.poll(servers).toBe(before);
  });
});
