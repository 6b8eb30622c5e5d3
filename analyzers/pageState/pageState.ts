import type { PageManifest } from '../../src/bundle/pageManifest.js';

type Document = NonNullable<PageManifest['state']>;

/** State of a watched page's document at the end of the recording. Texts and URLs in it are untrusted. */
export interface PageState extends Document {
  /** Threads that a runtime was asked for and uses, by its own words on the console. Null if it said nothing. */
  readonly threads: { readonly asked: number; readonly got: number } | null;
  /** The headers that are missing or wrong for cross-origin isolation, as "name: value". Empty if the document is isolated. */
  readonly headersMissing: readonly string[];
}

/** What went wrong in a page: all that it reported but warnings. */
export const errorsOf = ({ messages }: Pick<Document, 'messages'>): Document['messages'] =>
  messages.filter(({ kind }) => kind !== 'warning');

/** ONNX Runtime Web warns so when it cannot start the threads asked for. It then uses one. */
const THREADS = /\benv\.wasm\.numThreads is set to (\d+), but this will not work unless you enable crossOriginIsolated/;

/** What is known of a document by its own word and the browser's. */
export function pageState(document: Document): PageState {
  const warned = document.messages.flatMap(({ text }) => THREADS.exec(text)?.[1] ?? [])[0];
  return {
    ...document,
    threads: warned === undefined ? null : { asked: Number(warned), got: 1 },
    headersMissing: document.crossOriginIsolated === false ? headersMissing(document) : [],
  };
}

/** https://developer.mozilla.org/docs/Web/API/Window/crossOriginIsolated */
function headersMissing({ openerPolicy, embedderPolicy }: Document): string[] {
  return [
    ...(/^SameOrigin(PlusCoep)?$/i.test(openerPolicy ?? '') ? [] : ['Cross-Origin-Opener-Policy: same-origin']),
    ...(/^(RequireCorp|Credentialless)$/i.test(embedderPolicy ?? '') ? [] : ['Cross-Origin-Embedder-Policy: require-corp']),
  ];
}
