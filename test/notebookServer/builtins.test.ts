import { expect, test } from 'vitest';
import { builtinsModule, exportedNames, sampleDataModule } from '../../src/notebookServer/builtins.js';

/** A module of the kind that is made, as its names with what calling them gives. */
const told = async (code: string, name: string): Promise<string> => {
  const made = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Record<string, () => Promise<unknown>>;
  return made[name]!().then(
    () => 'came',
    ({ message }: Error) => message,
  );
};

const kit =
  'export const aq = () => import("https://cdn.example/arquero");\nexport const mermaid = () => 1;\nexport const md = () => 2;';

test('the builtins of the kit are known by its own text', () => {
  expect(exportedNames(kit)).toEqual(['aq', 'mermaid', 'md']);
});

test('a builtin that would come from a CDN says so, and what to do', async () => {
  const code = builtinsModule(['mermaid', 'DuckDBClient'], () => true);
  expect(await told(code, 'mermaid')).toMatch(/^mermaid would be loaded from a CDN.*import … from "npm:…"/);
  expect(await told(code, 'DuckDBClient')).toMatch(/SQL cell with database="duckdb"/);
  expect(code).not.toContain('https:');
});

test('of one file those are left out that no cell names, but never those that other cells become', async () => {
  const code = builtinsModule(['aq', 'md', 'Inputs', 'Plot'], (name) => name === 'Plot');
  expect(await told(code, 'aq')).toBe('aq was left out, as no cell named it.');
  for (const kept of ['md', 'Inputs', 'Plot']) expect(code).toMatch(new RegExp(`export const ${kept} = \\(\\) => import`));
});

test('sample data say that they are not here', async () => {
  expect(await told(sampleDataModule(['penguins']), 'penguins')).toContain('penguins would be loaded from a CDN');
});
