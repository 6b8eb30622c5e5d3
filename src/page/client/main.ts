import type { GivenFile, PageAnswer, PageRequest } from '../protocol.js';
import { chosenFiles, droppedFiles } from './given.js';
import { shownReport } from './shownReport.js';

const element = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;
const textOf = (id: string): string => element(id).textContent ?? '';

const start = element('start');
const work = element('work');
const bar = element<HTMLProgressElement>('bar');
const refused = element('refused');

const workerUrl = URL.createObjectURL(new Blob([textOf('worker')], { type: 'text/javascript' }));
let worker: Worker | null = null;

function show(state: 'start' | 'work' | 'report'): void {
  start.hidden = state === 'report';
  work.hidden = state !== 'work';
  element('shown').hidden = state !== 'report';
  document.documentElement.dataset.state = state;
}

/** @param reasons untrusted texts */
function showRefused(into: HTMLElement, reasons: readonly string[]): void {
  into.replaceChildren(
    ...reasons.map((reason) => {
      const line = document.createElement('p');
      line.textContent = reason;
      return line;
    }),
  );
  into.hidden = reasons.length === 0;
}

/** Each request has a worker of its own: what it held is gone with it. */
function analyze(files: readonly GivenFile[]): void {
  worker?.terminate();
  showRefused(refused, []);
  showProgress('Reading', null);
  show('work');
  worker = new Worker(workerUrl);
  worker.onmessage = ({ data }: MessageEvent<PageAnswer>) => taken(data, files);
  worker.onerror = (event) => {
    event.preventDefault();
    ended([`The worker of this page stopped: ${event.message ?? 'no reason given'}. Use the command: trace analyze.`]);
  };
  const request: PageRequest = {
    files,
    mark: element<HTMLInputElement>('mark').value.trim() || null,
    symbols: element<HTMLInputElement>('symbols').files?.[0] ?? null,
    toolVersion: document.documentElement.dataset.version ?? '',
    client: textOf('client'),
  };
  worker.postMessage(request);
}

function taken(answer: PageAnswer, files: readonly GivenFile[]): void {
  if (answer.kind === 'progress') showProgress(answer.text, answer.share);
  else if (answer.kind === 'refused') ended(answer.refused);
  else {
    worker?.terminate();
    worker = null;
    showRefused(element('left-out'), answer.refused);
    show('report');
    shownReport(answer, nameOf(files));
  }
}

function ended(reasons: readonly string[]): void {
  worker?.terminate();
  worker = null;
  showRefused(refused, reasons);
  show('start');
}

function showProgress(text: string, share: number | null): void {
  element('doing').textContent = text;
  if (share === null) bar.removeAttribute('value');
  else bar.value = share;
}

/** Of the files that are saved: like the first that was given. */
function nameOf(files: readonly GivenFile[]): string {
  const first = files[0]?.path.split('/', 1)[0] ?? '';
  const name = first.replace(/(\.json)?(\.gz|\.zip)?$/, '').replace(/[^\w.-]+/g, '-');
  return name || 'inferscope';
}

const failed = (error: unknown): void => ended([error instanceof Error ? error.message : String(error)]);

for (const id of ['files', 'folder']) {
  const input = element<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    if (input.files?.length) analyze(chosenFiles(input.files));
    // So that the same file can be chosen again.
    input.value = '';
  });
  element(`choose-${id}`).addEventListener('click', () => input.click());
}
element('stop').addEventListener('click', () => ended([]));
element('again').addEventListener('click', () => show('start'));

// A file that misses the page would be opened by the browser instead of it.
addEventListener('dragover', (event) => {
  event.preventDefault();
  document.documentElement.dataset.over = 'yes';
});
// The report in the frame has what is dragged over it, until the page covers it.
addEventListener('message', ({ source, data }) => {
  if (data === 'dragging' && source === element<HTMLIFrameElement>('report').contentWindow)
    document.documentElement.dataset.over = 'yes';
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) delete document.documentElement.dataset.over;
});
addEventListener('drop', (event) => {
  event.preventDefault();
  delete document.documentElement.dataset.over;
  if (event.dataTransfer) droppedFiles(event.dataTransfer.items).then(analyze, failed);
});
show('start');
