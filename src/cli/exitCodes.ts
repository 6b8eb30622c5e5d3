/** What the process ends with. Scripts and CI rely on these. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** A limit that the user set on the result was exceeded. */
  limitExceeded: 3,
  /** As shells say it of a process that a signal ended: 128 + the signal's number. */
  interrupted: 130,
  terminated: 143,
} as const;
