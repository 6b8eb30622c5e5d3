import { mean, median, sum } from 'simple-statistics';

interface InputStage {
  readonly title: string;
  readonly meaning: string;
  /** Chromium’s stages that it is made of. */
  readonly names: RegExp;
}

/**
 * Stages of an input, from the device to the display, in their order. Chromium’s own are more, and which there are depends on the way
 * that an input took.
 * https://source.chromium.org/chromium/chromium/src/+/main:cc/metrics/event_metrics.h
 */
const stages = {
  browser: {
    title: 'To the page',
    meaning: 'The browser’s process took the input and handed it to the page’s.',
    names: /^(GenerationTo|ArrivedInBrowserMainTo|BrowserMainTo)/,
  },
  delay: {
    title: 'Waiting for the main thread',
    meaning: 'The input was in the page’s process, and the main thread had not yet begun to handle it.',
    names: /^RendererCompositor(QueueingDelay|Processing|ToMain)$/,
  },
  processing: {
    title: 'Handlers',
    meaning: 'The page’s handlers of the input ran.',
    names: /^RendererMainProcessing$/,
  },
  rendering: {
    title: 'Main thread’s frame',
    meaning: 'From the end of the handlers until the main thread had made the frame: waiting for it, style, layout and paint.',
    names: /^(Renderer(Main|Compositor)FinishedTo\w+|BeginImplFrameToSendBeginMainFrame|SendBeginMainFrameToCommit|Commit)$/,
  },
  compositor: {
    title: 'Compositor',
    meaning: 'The page’s compositor took the frame, had it rastered and put it together.',
    names: /^(EndCommitToActivation|Activation|EndActivateToSubmitCompositorFrame)$/,
  },
  display: {
    title: 'Display',
    meaning: 'The GPU process drew the frame, beside those of other pages, and it was shown.',
    names: /^SubmitCompositorFrameToPresentationCompositorFrame$/,
  },
  other: { title: 'Other', meaning: 'Stages that the trace does not name, or that are not known here.', names: /^$/ },
} as const satisfies Readonly<Record<string, InputStage>>;

export type InputStageId = keyof typeof stages;
export const inputStageIds = Object.keys(stages) as readonly InputStageId[];
export const inputStages: Readonly<Record<InputStageId, InputStage>> = stages;

/** What each stage is, by its title. */
export const stageWords: Readonly<Record<string, string>> = Object.fromEntries(
  inputStageIds.map((id) => [inputStages[id].title, inputStages[id].meaning]),
);

/** Where the time of one input went, µs. All stages sum to it. */
export type StageTimes = Readonly<Record<InputStageId, number>>;

/** Times in traces are rounded to whole µs. */
const ROUNDED_US = 1.5;

/**
 * The stages of an input of some length, by Chromium’s stages. What these leave is `other`.
 * @returns null where they are longer than the input, so that they cannot be its
 */
export function stageTimes(
  durationUs: number,
  named: readonly { readonly name: string; readonly us: number }[],
): StageTimes | null {
  const of = (id: InputStageId): number => sum(named.filter(({ name }) => stages[id].names.test(name)).map(({ us }) => us));
  const known = Object.fromEntries(inputStageIds.map((id) => [id, of(id)])) as Record<InputStageId, number>;
  const restUs = durationUs - sum(Object.values(known));
  return restUs < -ROUNDED_US ? null : { ...known, other: Math.max(0, restUs) };
}

/** Time of one stage over some inputs. */
export interface StageTime {
  readonly id: InputStageId;
  /** Medians of single stages do not sum to the median of the whole. */
  readonly medianMs: number;
  /** Means sum to the mean from input to paint of the inputs whose stages are known. */
  readonly meanMs: number;
}

/** Where the wait of some inputs went. @returns empty where no input’s stages are known */
export function stagesOf(inputs: readonly { readonly stages: StageTimes | null }[]): readonly StageTime[] {
  const known = inputs.flatMap((input) => input.stages ?? []);
  if (known.length === 0) return [];
  return inputStageIds.map((id) => {
    const ms = known.map((times) => times[id] / 1000);
    return { id, medianMs: median(ms), meanMs: mean(ms) };
  });
}
