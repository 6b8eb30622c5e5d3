import type { CallLog } from '../callLog.js';

/** https://registry.khronos.org/webgl/extensions/EXT_disjoint_timer_query_webgl2/ */
interface TimerExtension {
  readonly TIME_ELAPSED_EXT: number;
  readonly GPU_DISJOINT_EXT: number;
}

/** With more unreported stretches than this, the device is so late that no more are timed. */
const MOST_PENDING = 64;
const PATIENCE_MS = 2000;

/** Has the device of a WebGL 2 context report the duration of stretches of draws. It does not report when they began. */
export class ElapsedTimer {
  readonly #context: WebGL2RenderingContext;
  readonly #extension: TimerExtension;
  readonly #log: CallLog;
  readonly #pending: { readonly query: WebGLQuery; readonly call: number }[] = [];
  #running: WebGLQuery | null = null;
  #ended: WebGLQuery | null = null;
  #isPages = false;
  /** Whether the current call is the timer's own. */
  isOwn = false;

  /** @returns null if the browser cannot time WebGL */
  static of(context: WebGLRenderingContext | WebGL2RenderingContext, log: CallLog): ElapsedTimer | null {
    if (typeof WebGL2RenderingContext === 'undefined' || !(context instanceof WebGL2RenderingContext)) return null;
    const extension = context.getExtension('EXT_disjoint_timer_query_webgl2') as TimerExtension | null;
    return extension && new ElapsedTimer(context, extension, log);
  }

  private constructor(context: WebGL2RenderingContext, extension: TimerExtension, log: CallLog) {
    this.#context = context;
    this.#extension = extension;
    this.#log = log;
  }

  begin(): void {
    this.#collect();
    if (this.#running || this.#isPages || this.#pending.length >= MOST_PENDING) return;
    const query = this.#context.createQuery();
    if (!query) return;
    this.#aside(() => this.#context.beginQuery(this.#extension.TIME_ELAPSED_EXT, query));
    this.#running = query;
  }

  end(): void {
    if (!this.#running) return;
    this.#aside(() => this.#context.endQuery(this.#extension.TIME_ELAPSED_EXT));
    this.#ended = this.#running;
    this.#running = null;
  }

  /** @param call row of the call that ended the stretch */
  endedBy(call: number): void {
    if (this.#ended && call >= 0) this.#pending.push({ query: this.#ended, call });
    this.#ended = null;
  }

  /** The page begins its own query, so the running one is given up. */
  yieldToPage(): void {
    this.end();
    if (this.#ended) this.#context.deleteQuery(this.#ended);
    this.#ended = null;
    this.#isPages = true;
  }

  resume(): void {
    this.#isPages = false;
  }

  async settle(): Promise<void> {
    const limit = this.#log.now() + PATIENCE_MS;
    while (this.#pending.length > 0 && this.#log.now() < limit) {
      this.#collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #collect(): void {
    const context = this.#context;
    while (this.#pending.length > 0) {
      const { query, call } = this.#pending[0]!;
      if (!context.getQueryParameter(query, context.QUERY_RESULT_AVAILABLE)) return;
      const isDisjoint = context.getParameter(this.#extension.GPU_DISJOINT_EXT) as boolean;
      const ns = context.getQueryParameter(query, context.QUERY_RESULT) as number;
      if (!isDisjoint) this.#log.pass(call, -1, ns / 1000);
      context.deleteQuery(query);
      this.#pending.shift();
    }
  }

  #aside(action: () => void): void {
    this.isOwn = true;
    action();
    this.isOwn = false;
  }
}
