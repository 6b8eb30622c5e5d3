// Makes dist/analysis.schema.json, the JSON Schema of what `trace analyze --json` prints, of the type Analysis in the built declarations.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SCHEMA = 'dist/analysis.schema.json';
const STAMP = 'dist/.analysisSchema';

/** Takes seconds, so it is done only where a declaration has changed. */
export async function makeAnalysisSchema(root) {
  const digest = digestOf(['dist/analyzers', 'dist/src'].flatMap((folder) => declarationsIn(join(root, folder))));
  const [schemaPath, stamp] = [join(root, SCHEMA), join(root, STAMP)];
  if (existsSync(schemaPath) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  // It has a TypeScript of its own: that of version 7 has no such interface yet.
  const { default: generator } = await import('typescript-json-schema');
  const program = generator.programFromConfig(join(root, 'tsconfig.json'), [join(root, 'dist/analyzers/index.d.ts')]);
  const options = { required: true, noExtraProps: true, strictNullChecks: true, ignoreErrors: true };
  const schema = readable(generator.generateSchema(program, 'Analysis', options));
  writeFileSync(schemaPath, `${JSON.stringify({ title: 'Analysis', ...schema }, null, 1)}\n`);
  writeFileSync(stamp, digest);
}

function declarationsIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function digestOf(paths) {
  const hash = createHash('sha256').update(readFileSync(new URL(import.meta.url)));
  for (const path of paths) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

/** Definitions by the names of their types instead of their files, those without a name where they are used. */
function readable({ definitions, ...schema }) {
  const names = new Map();
  for (const key of Object.keys(definitions)) {
    const name = /(?:^|\.)(\w+)$/.exec(key)?.[1];
    if (name === undefined) continue;
    if ([...names.values()].includes(name)) throw new Error(`Two types of the analysis are called ${name}: rename one.`);
    names.set(key, name);
  }
  const tidy = (value) => {
    if (Array.isArray(value)) return value.map(tidy);
    if (typeof value !== 'object' || value === null) return value;
    if (value.$ref !== undefined) {
      const key = decodeURIComponent(value.$ref.replace('#/definitions/', ''));
      const { $ref: _, ...beside } = value;
      if (names.has(key)) return { ...tidy(beside), $ref: `#/definitions/${names.get(key)}` };
      return { ...(recordOf(key) ?? tidy(definitions[key])), ...tidy(beside) };
    }
    const whole = Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        typeof part === 'string' && key === 'description' ? oneLine(part) : tidy(part),
      ]),
    );
    if (whole.type === 'object' && whole.properties === undefined && whole.additionalProperties === false)
      throw new Error(`No schema for ${JSON.stringify(value)}.`);
    return isInterval(whole) ? { ...whole, items: Array(2).fill({ type: ['number', 'null'] }) } : whole;
  };
  return { ...tidy(schema), definitions: Object.fromEntries([...names].map(([key, name]) => [name, tidy(definitions[key])])) };
}

/** Of numbers by any names, which the generator takes for an object without properties. */
function recordOf(key) {
  const values = /^Record<string,(number(?:\|null)?)>$/.exec(key)?.[1].split('|');
  return values && { type: 'object', additionalProperties: { type: values } };
}

const oneLine = (text) => text.replace(/\s*\n\s*/g, ' ');

/** An end of an interval is infinite where too little was measured, and JSON has null for that. */
const isInterval = ({ type, items }) =>
  type === 'array' && Array.isArray(items) && items.length === 2 && items.every((item) => item.type === 'number');
