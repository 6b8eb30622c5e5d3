import { basename } from 'node:path';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { expect, onTestFinished } from 'vitest';
import type { AnalyzerInput } from '../../analyzers/input.js';
import { BundleError } from '../../src/bundle/bundleFiles.js';
import { type Read, Recordings } from '../../src/mcp/recordings.js';
import { createServer } from '../../src/mcp/server.js';

export interface Told {
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: it is what comes over a wire, of another shape for each tool
  readonly data: any;
  readonly isError: boolean;
}

/** Text and data of a result. */
export function told({ content, structuredContent, isError }: CallToolResult): Told {
  const [first] = content;
  expect(content).toHaveLength(1);
  return { text: first?.type === 'text' ? first.text : '', data: structuredContent, isError: isError ?? false };
}

/** A client of a server in this process, which reads these inputs by the names of their paths. */
export async function connected(inputs: Readonly<Record<string, AnalyzerInput>>, folder = '/nowhere') {
  const read: string[] = [];
  const fromInputs: Read = async (path) => {
    read.push(basename(path));
    const input = inputs[basename(path)];
    if (!input) throw new BundleError(`${path} does not exist.`);
    return { ...input, name: path };
  };
  const server = createServer(new Recordings(folder, fromInputs), new AbortController().signal);
  const client = new Client({ name: 'test', version: '0' });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(there), client.connect(here)]);
  onTestFinished(() => client.close());
  // The client then checks data against the schemas.
  const { tools } = await client.listTools();
  return {
    client,
    tools,
    /** Names of what was read, in order. */
    read,
    ask: async (name: string, input: Readonly<Record<string, unknown>> = {}): Promise<Told> =>
      told((await client.callTool({ name, arguments: input })) as CallToolResult),
  };
}
