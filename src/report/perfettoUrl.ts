import type { TypicalWindow } from '../../analyzers/callTree/typicalWindow.js';

/** The page of Perfetto, which reads a trace in the browser and sends it nowhere. */
export const PERFETTO = 'https://ui.perfetto.dev';

/** The only port of this machine that Perfetto's page may read a trace from, by its content security policy. */
export const PERFETTO_PORT = 9001;

/** Of a window's length, shown on either side of it. */
const MARGIN = 0.1;

/**
 * The address that opens a trace in Perfetto, at a window. Perfetto takes times of the trace in ns.
 * https://perfetto.dev/docs/visualization/embedding-api-reference#url-parameters
 * @param ui where Perfetto is
 * @param trace where the page finds the trace; null: its user opens it there
 * @param window null for the whole trace
 */
export function perfettoUrl(ui: string, trace: string | null, window: Pick<TypicalWindow, 'startUs' | 'endUs'> | null): string {
  const marginUs = window ? (window.endUs - window.startUs) * MARGIN : 0;
  const args = [
    ...(trace === null ? [] : [`url=${encodeURIComponent(trace)}`]),
    ...(window ? [`visStart=${ns(window.startUs - marginUs)}`, `visEnd=${ns(window.endUs + marginUs)}`] : []),
  ];
  return `${ui.replace(/\/+$/, '')}/#!/?${args.join('&')}`;
}

const ns = (us: number): number => Math.max(0, Math.round(us * 1000));
