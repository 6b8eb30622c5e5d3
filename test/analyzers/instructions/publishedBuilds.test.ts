import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { publishedBuilds } from '../../../analyzers/instructions/instructionSet.js';
import { holdsFeature } from '../../../src/wasm/holdsFeature.js';
import { indexModule } from '../../../src/wasm/indexModule.js';

const require = createRequire(import.meta.url);

test.each([...publishedBuilds.values()].map((builds) => [builds.package, builds] as const))(
  'no module of the installed %s holds relaxed SIMD, as is said of it',
  (name, { version }) => {
    const folder = dirname(require.resolve(name));
    expect(JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8'))).toMatchObject({ version });
    const modules = readdirSync(folder).filter((file) => file.endsWith('.wasm'));
    expect(modules.length).toBeGreaterThanOrEqual(3);
    for (const file of modules) {
      expect([file, holdsFeature(indexModule(readFileSync(join(folder, file))), 'relaxed-simd')]).toEqual([file, false]);
    }
  },
);
