import type { PageAnswer } from '../protocol.js';

/** Addresses of the last report and its JSON. */
let addresses: string[] = [];

/**
 * Shows a report in its frame, which is sandboxed: whatever is in it can neither reach this page nor the network. The report is a
 * file of its own to the browser, so that its links to its own sections work.
 * @param name of files that are saved, without an ending
 */
export function shownReport({ report, json }: Extract<PageAnswer, { kind: 'done' }>, name: string): void {
  for (const old of addresses) URL.revokeObjectURL(old);
  const page = URL.createObjectURL(new Blob([report], { type: 'text/html' }));
  const data = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  addresses = [page, data];
  const link = (id: string): HTMLAnchorElement => document.getElementById(id) as HTMLAnchorElement;
  for (const [id, address, file] of [
    ['save', page, `${name}.report.html`],
    ['save-json', data, `${name}.json`],
  ] as const) {
    link(id).href = address;
    link(id).download = file;
  }
  link('tab').href = page;
  document.title = `${name} · Inferscope`;
  (document.getElementById('report') as HTMLIFrameElement).src = page;
}
