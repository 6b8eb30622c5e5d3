import { type Column, fold, paragraph, table } from '../../src/view/block.js';
import { formatBytes, formatPlural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { BrowserFacts, MachineFacts } from './machine.js';

/** The machine and the browser that measured. */
export const view: View<{ readonly machine: MachineFacts | null; readonly browser: BrowserFacts | null }> = {
  id: 'machine',
  title: 'Machine and browser',
  words: {},
  blocks: ({ machine, browser }) => [
    ...(machine ? [table('Machine', columns, machineFacts(machine))] : []),
    ...(browser ? [table('Browser', columns, browserFacts(browser))] : []),
    ...(browser?.commandLine ? [fold('Command line of the browser', [paragraph(browser.commandLine)])] : []),
  ],
  brief: () => [],
};

type Fact = readonly [what: string, value: string];

const columns: readonly Column<Fact>[] = [
  { id: 'what', head: 'What', kind: 'text', value: ([what]) => what },
  { id: 'value', head: 'Value', kind: 'text', limit: 600, value: ([, value]) => value },
];

function machineFacts({ cpu, cores, vectorFeatures, memoryBytes, os, node, busyCores }: MachineFacts): Fact[] {
  return [
    ['CPU', `${cpu}, ${formatPlural(cores, 'core')}`],
    ['Vectors', vectorFeatures ? vectorFeatures.join(', ') || 'none' : 'unknown'],
    ['Memory', formatBytes(memoryBytes)],
    ['System', os],
    ['Node', node],
    ['Busy before', busyCores === null ? 'unknown' : `${busyCores.toFixed(2)} of ${formatPlural(cores, 'core')}`],
  ];
}

function browserFacts(browser: BrowserFacts): Fact[] {
  const { product, headless, gpu, softwareRendering, driver, webgl, webgpu, sandboxed } = browser;
  return [
    ['Product', `${product}${headless ? ', headless' : ''}`],
    ['GPU', gpu ?? 'unknown'],
    ['Rendering', renderingText(softwareRendering)],
    ...(driver === null ? [] : [['Driver', driver] as const]),
    ...stateOf('WebGL', webgl),
    ...stateOf('WebGPU', webgpu),
    ['Sandbox', sandboxed === null ? 'unknown' : sandboxed ? 'on' : 'off'],
  ];
}

function renderingText(isSoftware: boolean | null): string {
  if (isSoftware === null) return 'unknown';
  return isSoftware ? 'in software: no GPU computes here' : 'on the GPU';
}

function stateOf(api: string, state: BrowserFacts['webgl']): Fact[] {
  return state === null ? [] : [[api, state === 'off' ? 'not served' : `in ${state}`]];
}
