import type { MemoryPhase, MemoryUse } from '../../../analyzers/memory/memory.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatMs } from '../../view/format.js';
import { memoryFill } from '../../view/palette.js';
import { memoryChart } from '../charts/memoryChart.js';
import { type Html, html, prose } from '../html.js';
import { memorySentences } from '../memoryWords.js';
import { type Column, dataTable } from './dataTable.js';
import { fillSwatch } from './names.js';
import type { Section } from './section.js';

/** What the run held over its time, and what of it was alive. */
export const memorySection: Section = {
  id: 'memory',
  title: 'Memory',
  render({ memory }, page) {
    if (!memory) return null;
    const legend = memory.series.map(({ id, title }) => html`<li>${fillSwatch(memoryFill(id))}${inertText(title, 40)}</li>`);
    return html`<p class="lead">${prose(memorySentences(memory).join(' '))}</p>
${difference(memory)}
${page.figure(memoryChart(memory), html`<ul class="legend">${legend}</ul>`)}
${dataTable('The highest of each phase', columns(memory), memory.phases)}`;
  },
};

function difference({ live, held }: MemoryUse): Html | null {
  if (!held) return null;
  const apart = html`, and living tensors what it needs. Both grow with the inputs. A ratio of memory to model is of one or of the other, and the two may be far apart: the 334.6×
that was published of ESRGAN on TF.js Wasm is of a heap that was held, while its living tensors were 11.8×`;
  return html`<p>Held is the JavaScript heap, array buffers and Wasm memory together, each counted once. Wasm memory can grow and never shrinks, and what is freed
inside it stays with its allocator: so held says what a run takes from its device${live && apart}. Sizes of processes hold more and less: the
browser’s own code and data, but of memory only what was touched.</p>`;
}

function columns({ series }: MemoryUse): readonly Column<MemoryPhase>[] {
  return [
    { head: 'Phase', cell: ({ title }) => inertText(title, 40) },
    { head: 'Took', numeric: true, cell: ({ startMs, endMs }) => formatMs(endMs - startMs) },
    ...series.map(({ id, title }) => ({
      head: inertText(title, 40),
      numeric: true,
      cell: ({ peakBytes }: MemoryPhase) => formatBytes((Object.hasOwn(peakBytes, id) ? peakBytes[id] : null) ?? null),
    })),
  ];
}
