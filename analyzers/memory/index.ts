import type { Manifest } from '../../src/bundle/manifest.js';
import { unknown } from '../../src/fact.js';
import { fact, manifest } from '../input.js';
import { lack, type Note, question } from '../question.js';
import { onePass } from '../recording/describe.js';
import { type MemoryUse, memoryUse } from './memory.js';
import { view } from './view.js';

const use = fact('memory', (get) => {
  const { manifest: run, memory: log, page } = get.input;
  if (page) return onePass();
  const read = run && log && memoryUse(log, run.workload.model.bytes);
  // A failed memory pass has its own note.
  return read ?? (run?.collectors.memory ? null : notRecorded());
});

const notRecorded = (): never =>
  unknown('no-memory', 'Memory over the run was not recorded: it needs a pass of its own, as "trace collect" makes one.');

/** The memory that the run holds, and the part of it that is live. */
export const memory = question({
  facts: { memory: use },
  notes: (get) => {
    const known = get.maybe(use);
    return known ? memoryNotes(known, get(manifest)) : [];
  },
  view,
});

/** Memory figures that neither the framework nor the operating system reports. */
export function memoryNotes({ live, process, gpuProcess }: MemoryUse, { workload }: Pick<Manifest, 'workload'>): Note[] {
  const list: Note[] = [];
  if (!live) {
    const framework = workload.framework === 'ort' ? 'ONNX Runtime does' : 'The framework did';
    list.push(
      lack(
        'memory-no-tensors',
        `${framework} not tell how much of its memory living tensors take, so only what it holds is known.`,
      ),
    );
  }
  if (!process) {
    list.push(
      lack(
        'memory-no-process',
        'This system does not tell the size of the page’s process: only what the page itself knows of is in the memory’s figures.',
      ),
    );
  } else if (!gpuProcess) list.push(lack('memory-no-gpu-process', 'The size of the GPU process is unknown.'));
  return list;
}
