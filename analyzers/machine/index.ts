import { plural } from '../../src/view/format.js';
import { bundle, fact, type Get } from '../input.js';
import { info, type Note, question, warning } from '../question.js';
import { describeBrowser, isBusy } from './machine.js';
import { view } from './view.js';

/** The machine and the browser of the run. */
export const machine = question({
  facts: {
    machine: fact('machine', (get) => get(bundle).machine),
    browser: fact('browser', (get) => describeBrowser(get(bundle).browser)),
  },
  notes: (get) => [...disturbances(get), ...rendering(get)],
  view,
});

function disturbances({ input: { manifest } }: Get): Note[] {
  if (!manifest) return [];
  const list: Note[] = [];
  const { framework, machine, workload } = manifest;
  if (framework && !framework.crossOriginIsolated) {
    list.push(
      info(
        'coarse-timers',
        'The page is not cross-origin isolated, so its clock goes in steps of 0.1 ms; latencies are known no better than that.',
      ),
    );
  }
  if (workload.threadsAsked > machine.cores) {
    list.push(
      warning(
        'oversubscribed',
        `${workload.threadsAsked} threads on ${plural(machine.cores, 'core')}: threads wait for a core, which shows as contention.`,
      ),
    );
  }
  if (isBusy(machine)) {
    list.push(
      warning(
        'busy-machine',
        `Other programs had ${machine.busyCores!.toFixed(1)} of the machine’s ${machine.cores} cores right before the run began: times are longer than on a quiet machine and may not repeat.`,
      ),
    );
  }
  return list;
}

function rendering(get: Get): Note[] {
  const browser = get.maybe(bundle)?.browser;
  return browser?.softwareRendering ? [info('software-rendering', `The browser renders in software (${browser.gpu}).`)] : [];
}
