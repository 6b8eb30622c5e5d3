import { type Asked, isAskedFlag } from '../bundle/asked.js';
import type { Names } from './names.js';

/** What becomes of a text. */
type Rule = (text: string, names: Names) => string;

/** Rules by key; a key of which nothing is said holds words and sentences of ours. Keys of an object inside one come first. */
interface Rules {
  readonly [key: string]: Rule | Rules;
}

const fact: Rule = (text, names) => names.fact(text);
const known: Rule = (text, names) => names.known(text);
const url: Rule = (text, names) => names.url(text);
const file: Rule = (text, names) => names.file(text);
const hash: Rule = (text, names) => names.hash(text);
const timing: Rule = (text, names) => names.timing(text);
const title: Rule = (text, names) => names.title(text);
const model: Rule = (text, names) => names.model(text);
const tensor: Rule = (text, names) => names.tensor(text);
const category: Rule = (text, names) => names.category(text);
const thread: Rule = (text, names) => names.thread(text);
const operator: Rule = (text, names) => names.operator(text);
const message: Rule = (text, names) => names.message(text);
const provider: Rule = (text, names) => names.provider(text);
const type: Rule = (text, names) => names.tensorType(text);
const runId: Rule = (text, names) => names.ownPart(text);
const date: Rule = (text) => text;

const head: Rules = { id: runId, startedAt: date, machine: { os: fact, cpu: fact, node: fact, vectorFeatures: known } };

const browser: Rules = { product: fact, gpu: fact, driver: fact, executable: file, commandLine: file };

const trace: Rules = { categories: category, dropped: { names: (text, names) => names.event(text, '') } };

/** Of a run's manifest. */
export const runRules: Rules = {
  ...head,
  browser,
  trace,
  workload: { model: { name: model, title: model, argument: model, sha256: hash }, inputs: { name: tensor } },
  modules: { sha256: hash, url },
  outputs: { outputs: { name: tensor } },
  placement: {
    onBackendTypes: { operator },
    elsewhere: { operator, provider },
    nodes: { name: (text, names) => names.node(text), operator, provider },
  },
};

/** The same where the model is one that anybody has. */
export const knownModelRules: Rules = {
  ...runRules,
  workload: { model: { name: known, title: known, argument: known, sha256: known }, inputs: { name: tensor } },
};

/** Of the manifest of a watched page. */
export const pageRules: Rules = {
  ...head,
  browser,
  trace,
  page: { url, title, mark: timing },
  modules: { sha256: hash, url },
  baseline: { model, sha256: hash },
  realms: { url },
  state: { messages: { text: message, url } },
};

const profile: Rules = {
  source: fact,
  nodes: {
    name: (text, names) => names.node(text),
    operator,
    provider,
    inputTypes: type,
    outputTypes: type,
  },
};

/** Of the other documents of a bundle. */
export const documentRules = {
  baseline: { runtime: fact },
  scheduling: { threads: { name: thread } },
  gpu: {
    realms: {
      clock: { mark: timing },
      adapters: { vendor: fact, architecture: fact, description: fact },
      asked: { reason: message },
      losses: { reason: message },
      errors: message,
      names: (text, names) => names.call(text),
      sites: (text, names) => names.stack(text),
      programs: { label: (text, names) => names.program(text) },
    },
  },
  kernels: { browser: profile, native: profile },
  memory: {},
  wasm: {
    realms: { clock: { mark: timing }, instances: { sha256: hash }, names: (text, names) => names.symbol(text) },
  },
  counts: { modules: { sha256: hash } },
  heaps: { realms: { url } },
  qoeLog: { gpuCompositing: fact, renderer: fact },
  visitLog: { builds: { file: url } },
  accuracy: {},
  video: { file, labelsFile: file, categories: { name: (text, names) => names.label(text) } },
} as const satisfies Readonly<Record<string, Rules>>;

/** A document with its texts replaced. Numbers stay. */
export function redactDocument<T>(document: T, rules: Rules, names: Names): T {
  return replaced(document, rules, names) as T;
}

function replaced(value: unknown, rule: Rule | Rules, names: Names): unknown {
  if (typeof value === 'string') return typeof rule === 'function' ? rule(value, names) : names.phrase(value);
  if (Array.isArray(value)) return value.map((element) => replaced(element, rule, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const own = typeof rule === 'function' || !Object.hasOwn(rule, key) ? {} : rule[key]!;
      return [key, replaced(inner, own, names)];
    }),
  );
}

/** What the values of an option of `trace collect` are, by its name; those of all others are amounts and words of ours. */
const ASKED: Readonly<Record<string, Rule>> = {
  mark: timing,
  until: timing,
  video: file,
  labels: file,
  classes: file,
  detects: file,
  baseline: model,
};

/** A number, and of what: `12s`, `20%`, `5/s`. */
const AMOUNT = /^\d{1,9}(\.\d{1,6})? ?(ms|s|m|min|h|%|\/s)?$/;

/** How much was to be recorded, as options. */
export const redactAsked = (asked: Asked, names: Names): Asked =>
  asked.map(({ flag, values }) => {
    const rule = (Object.hasOwn(ASKED, flag) && ASKED[flag]) || words;
    return { flag: isAskedFlag(flag) ? flag : names.phrase(flag), values: values.map((value) => rule(value, names)) };
  });

/** Several are separated by commas. */
const words: Rule = (text, names) =>
  text
    .split(',')
    .map((word) => (AMOUNT.test(word) ? word : names.phrase(word)))
    .join(',');

/** What each collector did is kept by its name. */
export function redactCollectors<T>(collectors: Readonly<Record<string, T>>, names: Names): Record<string, T> {
  return Object.fromEntries(
    Object.entries(collectors).map(([name, told]) => [names.collector(name), replaced(told, {}, names) as T]),
  );
}
