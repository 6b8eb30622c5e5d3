import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from './packageRoot.js';

/** Documents that have a JSON Schema: the analysis, and what a bundle, a study and a search among builds are described by. */
export const schemaNames = ['analysis', 'run', 'page', 'study', 'bisect', 'compare'] as const;
export type SchemaName = (typeof schemaNames)[number];

/** Where the build puts the schema that it makes of the type `Analysis`; in the package `inferscope/analysis.schema.json`. */
export const ANALYSIS_SCHEMA = 'dist/analysis.schema.json';

/** The JSON Schema of a document. That of the analysis is made of its types; the others are what is checked when one is read. */
export async function schemaOf(name: SchemaName): Promise<object> {
  if (name === 'analysis') return JSON.parse(await readFile(join(packageRoot(), ANALYSIS_SCHEMA), 'utf8')) as object;
  const { toJSONSchema } = await import('zod');
  // A rule between two fields has no form in JSON Schema, and is left out.
  return toJSONSchema(await bundleSchema(name), { unrepresentable: 'any', io: 'input' });
}

async function bundleSchema(name: Exclude<SchemaName, 'analysis'>): Promise<z.ZodType> {
  if (name === 'run') return (await import('./bundle/manifest.js')).manifestSchema;
  if (name === 'page') return (await import('./bundle/pageManifest.js')).pageManifestSchema;
  if (name === 'compare') return (await import('./bundle/compare.js')).compareSchema;
  if (name === 'bisect') return (await import('./bundle/bisect.js')).bisectSchema;
  return (await import('./bundle/study.js')).studySchema;
}
