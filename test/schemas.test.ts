import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../analyzers/index.js';
import { loadInput } from '../src/loadInput.js';
import { schemaNames, schemaOf } from '../src/schemas.js';
import { inertJson } from '../src/text/inertJson.js';
import { RunBuilder } from './analyzers/buildRun.js';
import { buildPageManifest } from './bundle/buildPageManifest.js';
import { recordedNames, unpackRecorded } from './bundle/unpackRecorded.js';
import { runTrace } from './cli/runTrace.js';

/** What a document breaks of its schema: the place and the rule. */
async function faultsOf(name: (typeof schemaNames)[number], document: unknown): Promise<string[]> {
  const schema = await schemaOf(name);
  const { validate, errors } = await compiled(schema);
  return validate(document) ? [] : errors();
}

async function compiled(schema: object) {
  // The schemas of a bundle have a pattern for each format.
  const options = { validateFormats: false, strict: false };
  const isNew = '$schema' in schema && String(schema.$schema).includes('2020-12');
  const validate = (isNew ? new Ajv2020(options) : new Ajv(options)).compile(schema);
  return { validate, errors: () => (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`) };
}

const asPrinted = (analysis: Analysis): Analysis => JSON.parse(inertJson(analysis)) as Analysis;

describe('the JSON Schema of an analysis', () => {
  test('holds for recorded bundles, a page without inferences, and a trace alone', async () => {
    const bundles = await Promise.all((await recordedNames()).map(unpackRecorded));
    const inputs = [
      ...(await Promise.all(bundles.map((bundle) => loadInput(bundle)))),
      new RunBuilder().input({ page: buildPageManifest() }),
      new RunBuilder().input({}),
    ];
    for (const input of inputs)
      expect([input.name, await faultsOf('analysis', asPrinted(analyze(input)))]).toEqual([input.name, []]);
  });

  test('does not hold for a document with a wrong type, a missing part or a part that nobody knows', async () => {
    const right = asPrinted(analyze(await loadInput(await unpackRecorded('ppocr-det-worker'))));
    const { notes: _, ...withoutNotes } = right;
    expect(await faultsOf('analysis', { ...right, latency: { ...right.latency, setupMs: 'soon' } })).not.toEqual([]);
    expect(await faultsOf('analysis', withoutNotes)).toContain(' required');
    expect(await faultsOf('analysis', { ...right, mood: 'good' })).toContain(' additionalProperties');
    expect(await faultsOf('analysis', { ...right, validity: { verdict: 'splendid', reasons: [] } })).not.toEqual([]);
  });

  test('is in the package, describes each part in words, and is what the command prints', async () => {
    const { stdout, code } = await runTrace(['schema']);
    expect(code).toBe(0);
    const schema = JSON.parse(stdout) as {
      definitions: Record<string, { properties?: Record<string, object>; description?: string }>;
    };
    expect(schema).toEqual(await schemaOf('analysis'));
    expect(schema.definitions.Latency!.properties!.observerEffect).toMatchObject({
      description: expect.stringContaining('1.02'),
    });
  });
});

describe('the JSON Schemas of a bundle', () => {
  test('hold for its manifest, and not for a broken one', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(await unpackRecorded('ppocr-det-worker'), 'run.json'), 'utf8'));
    expect(await faultsOf('run', manifest)).toEqual([]);
    expect(await faultsOf('run', { ...(manifest as object), status: 'splendid' })).not.toEqual([]);
    expect(await faultsOf('page', buildPageManifest())).toEqual([]);
    expect(await faultsOf('page', manifest)).not.toEqual([]);
  });

  test.each(schemaNames)('%s is a schema', async (name) => {
    await expect(compiled(await schemaOf(name))).resolves.toBeDefined();
  });
});
