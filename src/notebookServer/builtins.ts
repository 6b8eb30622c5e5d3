/** What a notebook may use without an import, by its name in a cell, and the module that gives it without a network. */
const OFFLINE: Readonly<Record<string, string>> = {
  aq: 'import("arquero")',
  d3: 'import("d3")',
  htl: 'import("htl")',
  html: 'import("htl").then(({ html }) => html)',
  svg: 'import("htl").then(({ svg }) => svg)',
  Inputs: 'import("./inputs.js")',
  md: 'import("./md.js").then(({ md }) => md)',
  Plot: 'import("@observablehq/plot")',
  vl: 'import("virtual:inferscope/vega-lite").then(({ vl }) => vl)',
};

/** Cells of Markdown, HTML and SQL become calls of these. */
const ALWAYS: ReadonlySet<string> = new Set(['htl', 'html', 'svg', 'Inputs', 'md']);

const INSTEAD: Readonly<Record<string, string>> = {
  DuckDBClient: 'Write a SQL cell with database="duckdb": it is answered where the notebook is served or built.',
  duckdb: 'Write a SQL cell with database="duckdb": it is answered where the notebook is served or built.',
  Arrow: 'Use aq.fromArrow(await FileAttachment("…").arrayBuffer()).',
};

/** Names that a module of the kit exports, in its own text. */
export const exportedNames = (code: string): string[] =>
  Array.from(code.matchAll(/^export const (\w+) =/gm), ([, name]) => name!);

/**
 * The kit's module of builtins without a network. The kit loads each from a CDN at its first use; here it comes from what is
 * installed, or its use fails with a sentence.
 * @param names of the builtins that the kit has
 * @param used whether a cell names a builtin; what nobody names would only make a single file larger
 */
export function builtinsModule(names: readonly string[], used: (name: string) => boolean): string {
  return names
    .map((name) => {
      const offline = OFFLINE[name];
      if (offline === undefined) {
        const instead =
          INSTEAD[name] ?? 'Install the package beside the notebook, and import it in a cell: import … from "npm:…".';
        return failing(name, `${name} would be loaded from a CDN, and notebooks work without a network. ${instead}`);
      }
      if (!ALWAYS.has(name) && !used(name)) return failing(name, `${name} was left out, as no cell named it.`);
      return `export const ${name} = () => ${offline};`;
    })
    .join('\n');
}

/** The kit's module of sample data: all of it would be fetched. */
export const sampleDataModule = (names: readonly string[]): string =>
  names
    .map((name) => failing(name, `The sample data ${name} would be loaded from a CDN, and notebooks work without a network.`))
    .join('\n');

const failing = (name: string, why: string): string =>
  `export const ${name} = () => Promise.reject(new Error(${JSON.stringify(why)}));`;
