/** How collecting tells what it is doing. The command line draws it; tests ignore it. */
export interface Progress {
  /** A new step begins. */
  step(title: string): void;
  /** How far the step is: a fraction of 1 where that is known, and what stands behind it. */
  advance(fraction: number | null, detail: string): void;
  /** Something that the user should know and that stays on the screen. */
  note(text: string): void;
}

export const silent: Progress = { step: () => {}, advance: () => {}, note: () => {} };
