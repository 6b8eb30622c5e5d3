import type { Manifest } from '../../src/bundle/manifest.js';
import type { MemoryUse } from '../memory/memory.js';
import type { Note } from '../note.js';

/** What of a run's memory nobody tells. */
export function memoryNotes({ live, process, gpuProcess }: MemoryUse, { workload }: Manifest): Note[] {
  const list: Note[] = [];
  if (!live) {
    list.push({
      id: 'memory-no-tensors',
      level: 'lack',
      text:
        workload.framework === 'ort'
          ? 'ONNX Runtime does not tell how much of its memory living tensors take, so only what it holds is known.'
          : 'The framework did not tell how much of its memory living tensors take, so only what it holds is known.',
    });
  }
  if (!process) {
    list.push({
      id: 'memory-no-process',
      level: 'lack',
      text: 'This system does not tell the size of the page’s process: only what the page itself knows of is in the memory’s figures.',
    });
  } else if (!gpuProcess) {
    list.push({ id: 'memory-no-gpu-process', level: 'lack', text: 'The size of the GPU process is unknown.' });
  }
  return list;
}
