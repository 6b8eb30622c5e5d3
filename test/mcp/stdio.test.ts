import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { processesWith } from '../cli/processesWith.js';
import { bin, runTrace } from '../cli/runTrace.js';
import { told } from './asking.js';

const END_LIMIT_MS = 20_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inferscope-mcp-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The built command, as a client starts it; what it says on stderr beside. */
async function started(env: Readonly<Record<string, string>> = {}) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bin, 'mcp', folder],
    env: { ...(process.env as Record<string, string>), ...env },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr!.on('data', (bytes: Buffer) => {
    stderr += bytes.toString('utf8');
  });
  const client = new Client({ name: 'test', version: '0' });
  const errors: Error[] = [];
  client.onerror = (error) => errors.push(error);
  await client.connect(transport);
  onTestFinished(() => client.close());
  return { client, errors, stderr: () => stderr };
}

test('the built command answers on stdin and stdout, and says the rest on stderr', async () => {
  const { client, errors, stderr } = await started();
  expect(client.getServerVersion()).toMatchObject({ name: 'inferscope' });
  const bundle = await unpackRecorded('tiny-operators-webgpu');
  const { tools } = await client.listTools();
  expect(tools.length).toBeGreaterThan(5);
  const valid = told((await client.callTool({ name: 'is_it_valid', arguments: { bundle } })) as CallToolResult);
  expect(valid.data.recording.path).toBe(bundle);
  const { data } = told((await client.callTool({ name: 'why_slow', arguments: { bundle } })) as CallToolResult);
  const { stdout } = await runTrace(['analyze', bundle, '--json']);
  const analysis = JSON.parse(stdout);
  expect(data.prediction.medianMs).toBe(analysis.latency.prediction.medianMs);
  expect(data.causes.map(({ id, share }: { id: string; share: number }) => [id, share])).toEqual(
    analysis.partition.causes.slice(0, data.causes.length).map(({ id, share }: { id: string; share: number }) => [id, share]),
  );
  expect(valid.data.verdict).toBe(analysis.validity.verdict);
  expect(stderr()).toContain('Inferscope answers agents');
  // A line on stdout that is no message would be one.
  expect(errors).toEqual([]);
});

const CAN_LOOK = process.platform === 'linux';

describe.skipIf(!CAN_LOOK || !findBrowser())('a page that an agent records (skipped without Linux’s /proc or a browser)', () => {
  let site: Server;
  let url: string;
  beforeAll(async () => {
    site = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>A page</title>'));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise((resolve) => site?.close(resolve)));

  test('is a bundle whose path is told, after progress; one that is cancelled leaves no process', async () => {
    const marker = randomUUID();
    const { client, stderr } = await started({ INFERSCOPE_TEST: marker });
    const steps: string[] = [];
    const progress: number[] = [];
    const onprogress = (told: { readonly progress: number; readonly message?: string | undefined }): void => {
      progress.push(told.progress);
      steps.push(told.message ?? '');
    };
    const patient = { onprogress, timeout: 200_000 };
    const input = { name: 'record', arguments: { url, seconds: 1 } };
    const { data, isError } = told((await client.callTool(input, patient)) as CallToolResult);
    expect(isError).toBe(false);
    expect(data).toMatchObject({ status: 'complete', reason: null });
    expect(steps.join('\n')).toMatch(/^Starting the browser[\s\S]*^Recording/m);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    const page = told((await client.callTool({ name: 'is_it_valid', arguments: {} })) as CallToolResult);
    expect(page.data).toMatchObject({
      recording: { path: data.bundle, what: 'A page' },
      verdict: 'void',
      reasons: [{ id: 'no-inferences' }],
    });

    const cancelling = new AbortController();
    const cancelled = client.callTool(
      { name: 'record', arguments: { url, seconds: 200 } },
      {
        ...patient,
        signal: cancelling.signal,
        onprogress: ({ message }) => {
          if (message?.startsWith('Recording')) cancelling.abort('enough');
        },
      },
    );
    await expect(cancelled).rejects.toThrow();
    // The server stays, and its browser goes.
    const left = async () =>
      (await processesWith(marker)).map(({ command }) => command).filter((command) => !command.includes(' mcp '));
    await expect.poll(left, { timeout: END_LIMIT_MS, interval: 100 }).toEqual([]);
    expect((await client.callTool({ name: 'list_bundles', arguments: {} })).isError ?? false).toBe(false);
    await client.close();
    await expect.poll(() => processesWith(marker), { timeout: END_LIMIT_MS, interval: 100 }).toEqual([]);
    expect(stderr()).not.toMatch(/^ {4}at |fault of Inferscope/m);
    expect(await readdir(folder)).not.toEqual([]);
  });
});
