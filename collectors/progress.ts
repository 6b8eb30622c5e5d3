/** Reports what collecting is doing. The command line draws it; tests ignore it. */
export interface Progress {
  /** A new step begins. */
  step(title: string): void;
  /** Progress of the step: a fraction from 0 to 1 if known, and a detail shown after it. */
  advance(fraction: number | null, detail: string): void;
  /** A message for the user that stays on the screen. */
  note(text: string): void;
}

export const silent: Progress = { step: () => {}, advance: () => {}, note: () => {} };
