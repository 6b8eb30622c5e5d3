/** The longest delay of a timer, ms: one with a longer delay fires at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls back after any time, also after one that is longer than a timer can be. @returns ends the waiting */
export function startTimer(ms: number, fire: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number): void => {
    timer = leftMs > LONGEST_MS ? setTimeout(() => wait(leftMs - LONGEST_MS), LONGEST_MS) : setTimeout(fire, leftMs);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
