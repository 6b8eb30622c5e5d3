import type { WasmFunctionTime, WasmModuleFacts } from '../../../analyzers/instructions/wasmUse.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatCount, formatMs, formatShare, MISSING } from '../../view/format.js';
import { groupMix, instructionGroups } from '../../view/palette.js';
import { instructionTitles } from '../../wasm/mix.js';
import { functionsChart } from '../charts/functionsChart.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { code, fillSwatch, name, swatch } from './names.js';
import type { Section } from './section.js';

const MOST_FUNCTIONS = 20;
const MOST_MODULES = 12;
const MOST_KINDS = 6;

/** The Wasm functions that take the time, and the modules that contain them. */
export const functionsSection: Section = {
  id: 'functions',
  title: 'Wasm functions',
  render({ wasm }, page) {
    if (!wasm || (wasm.functions.length === 0 && wasm.modules.length === 0)) return null;
    const shown = wasm.functions.slice(0, MOST_FUNCTIONS);
    const seen = new Set(shown.flatMap((fn) => groupMix(fn.mix ?? {}).flatMap(({ group, part }) => (part > 0 ? [group] : []))));
    const legend = instructionGroups
      .filter((group) => seen.has(group))
      .map((group) => html`<li>${fillSwatch(group.fill)}${group.name}</li>`);
    const chart =
      shown.length === 0
        ? null
        : page.figure(
            functionsChart(shown),
            html`<p>Each bar is split by the classes of the instructions in the function’s innermost loops; locals and constants, which mostly cost nothing after optimization, are left out.</p><ul class="legend">${legend}</ul>`,
          );
    return html`${chart}
${shown.length > 0 ? functionTable(shown) : null}
${wasm.modules.length > 0 ? dataTable('Wasm modules', moduleColumns, wasm.modules.slice(0, MOST_MODULES)) : null}`;
  },
};

const functionColumns: readonly Column<WasmFunctionTime>[] = [
  { head: 'Function', cell: (fn) => code(fn.name, 80) },
  { head: 'Self time', numeric: true, cell: (fn) => formatMs(fn.selfMs) },
  { head: 'Of its thread', numeric: true, cell: (fn) => formatShare(fn.share) },
  { head: 'Cause', cell: (fn) => (fn.cause === null ? MISSING : html`${swatch(fn.cause)}${code(fn.cause, 40)}`) },
  { head: 'Instructions in its loops', wide: true, cell: (fn) => prose(instructionWords(fn)) },
  { head: 'Code', numeric: true, cell: (fn) => formatBytes(fn.bodyBytes) },
];

/** Thread and module are in the caption where all functions share them. */
function functionTable(functions: readonly WasmFunctionTime[]): Html {
  const threads = new Set(functions.map((fn) => fn.thread));
  const modules = new Set(functions.map((fn) => fn.module));
  const shared = [
    ...(threads.size === 1 ? [`thread ${inertText([...threads][0], 60)}`] : []),
    ...(modules.size === 1 ? [`module ${inertText([...modules][0], 60)}`] : []),
  ];
  const columns: readonly Column<WasmFunctionTime>[] = [
    ...functionColumns,
    ...(threads.size > 1 ? [{ head: 'Thread', cell: (fn: WasmFunctionTime) => name(fn.thread, 60) }] : []),
    ...(modules.size > 1 ? [{ head: 'Module', cell: (fn: WasmFunctionTime) => name(fn.module, 60) }] : []),
  ];
  return dataTable(['Wasm functions by self time, summed over all windows', ...shared].join(', '), columns, functions);
}

const moduleColumns: readonly Column<WasmModuleFacts>[] = [
  { head: 'Module', cell: (module) => name(module.url, 100) },
  { head: 'Size', numeric: true, cell: (module) => formatBytes(module.bytes) },
  { head: 'Functions', numeric: true, cell: (module) => formatCount(module.functions) },
  {
    head: 'Features',
    cell: (module) => (module.features ? inertText(module.features.join(', ') || 'none beyond the first version', 120) : MISSING),
  },
  { head: 'SHA-256', cell: (module) => (module.sha256 ? code(module.sha256, 17) : 'bytes not captured') },
];

function instructionWords({ mix, evidence }: WasmFunctionTime): string {
  return evidence ? `${mixWords(mix)}; ${inertText(evidence, 120)}` : mixWords(mix);
}

function mixWords(mix: WasmFunctionTime['mix']): string {
  if (!mix) return 'unknown, no module bytes';
  const parts = instructionKinds(mix).filter(({ part }) => part >= 0.01);
  return (
    parts
      .slice(0, MOST_KINDS)
      .map(({ name, part }) => `${name} ${Math.round(part * 100)} %`)
      .join(', ') || MISSING
  );
}

/** An instruction mix by kind, largest first, as fractions of the kinds that are shown. Finer than the chart's groups. */
export function instructionKinds(
  mix: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly part: number }[] {
  const kinds = Object.entries(instructionTitles).map(([id, name]) => ({ name, part: Object.hasOwn(mix, id) ? mix[id]! : 0 }));
  const total = kinds.reduce((sum, { part }) => sum + part, 0);
  return kinds
    .filter(({ part }) => part > 0)
    .map(({ name, part }) => ({ name, part: part / total }))
    .sort((a, b) => b.part - a.part);
}
