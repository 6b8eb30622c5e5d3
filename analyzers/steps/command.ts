import { shellQuoted } from '../../src/text/shellQuoted.js';
import type { PageFacts, RunFacts } from '../recording/describe.js';

/** What a command changes of the run that it repeats. */
export interface Changes {
  readonly backend?: string;
  readonly threads?: number;
  readonly on?: 'worker' | 'main';
  readonly simd?: 'on';
  readonly isolated?: true;
  /** Flags that it adds, as they are. */
  readonly more?: string;
}

/** The defaults of `trace collect`: what is left out of a command. */
const DEFAULTS = { framework: 'ort', backend: 'wasm', on: 'worker', seed: 1 } as const;

/**
 * The command that repeats a run, with something changed. Names come from a bundle: they are quoted for a shell.
 * @returns null where one of them cannot be written in a shell
 */
export function runCommand(run: RunFacts, changes: Changes = {}): string | null {
  const model = shellQuoted(run.modelArgument ?? run.model);
  const inputs = run.inputs.map(({ name, shape }) => shellQuoted(`${name}=${shape.join('x')}`));
  const framework = shellQuoted(run.framework);
  const backend = shellQuoted(changes.backend ?? run.backend);
  if (model === null || framework === null || backend === null || inputs.includes(null)) return null;
  const on = changes.on ?? run.on;
  const isWasm = backend === 'wasm';
  return [
    `trace collect --model ${model}`,
    ...inputs.map((input) => `--input ${input}`),
    ...(framework === DEFAULTS.framework ? [] : [`--framework ${framework}`]),
    ...(backend === DEFAULTS.backend ? [] : [`--backend ${backend}`]),
    ...(isWasm ? [`--threads ${changes.threads ?? run.threadsAsked}`] : []),
    ...(on === DEFAULTS.on ? [] : [`--on ${on}`]),
    ...(isWasm && run.simd === false && changes.simd !== 'on' ? ['--simd off'] : []),
    ...(run.isolated || changes.isolated ? [] : ['--isolation off']),
    ...(run.seed === DEFAULTS.seed ? [] : [`--seed ${run.seed}`]),
    ...(changes.more === undefined ? [] : [changes.more]),
  ].join(' ');
}

/**
 * A command over a recording, such as `trace perfetto traces/my-run`.
 * @param name of the recording, as its user gave it
 * @param mark by which its inferences were found; null: none was given
 * @returns null where one of them cannot be written in a shell
 */
export function commandOver(command: string, name: string, mark: string | null): string | null {
  const [over, by] = [shellQuoted(name), mark === null ? '' : shellQuoted(mark)];
  return over === null || by === null ? null : `trace ${command} ${over}${by === '' ? '' : ` --mark ${by}`}`;
}

/** Longer addresses are cut in the bundle. */
const MOST_URL = 4000;

/**
 * The command that watches a page again.
 * @param more flags that it adds, as they are
 * @param reload from its first line on, where it is open
 * @returns null where its address cannot be written in a shell
 */
export function pageCommand({ url, opened }: PageFacts, more = '', reload = true): string | null {
  const address = /^https?:/.test(url) && url.length <= MOST_URL ? shellQuoted(url) : null;
  if (address === null) return null;
  const what = opened === 'launched' ? address : `--attach --tab ${address}${reload ? ' --reload' : ''}`;
  return `trace collect ${what}${more === '' ? '' : ` ${more}`}`;
}
