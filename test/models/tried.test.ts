import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { frameworks } from '../../collectors/frameworks.js';
import { models } from '../../models/index.js';
import { tried } from '../../models/tried.js';

const again = 'run "trace models --try --out models/tried.json"';

test('every model was tried in each of its formats, on every backend that reads it', () => {
  expect(
    tried.models.map(({ name }) => name),
    again,
  ).toEqual(models.map(({ name }) => name));
  for (const { name, formats } of models) {
    const found = tried.models.find((each) => each.name === name)!;
    expect(Object.keys(found.bytes), `${name}: ${again}`).toEqual(formats);
    const expected = formats.flatMap((format) =>
      Object.entries(frameworks)
        .filter(([, framework]) => framework.format === format)
        .flatMap(([framework, { backends }]) => backends.map((backend) => `${framework} ${backend}`)),
    );
    expect(
      found.runs.map(({ framework, backend }) => `${framework} ${backend}`),
      `${name}: ${again}`,
    ).toEqual(expected);
  }
});

test('they were tried with the frameworks that are installed with this release', async () => {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as { packages: Record<string, { version: string }> };
  expect(tried.frameworks, again).toEqual({
    ort: lock.packages['node_modules/onnxruntime-web']!.version,
    tfjs: lock.packages['node_modules/@tensorflow/tfjs']!.version,
    litert: lock.packages['node_modules/@litertjs/core']!.version,
  });
});

test('every model runs somewhere', () => {
  for (const { name, runs } of tried.models)
    expect(runs.filter(({ outcome }) => outcome === 'runs').length, name).toBeGreaterThan(0);
});
