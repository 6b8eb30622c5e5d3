import { writeFile } from 'node:fs/promises';

/** Of a session, as the kernel groups them: https://man7.org/linux/man-pages/man7/sched.7.html (autogroup). */
const NICE = '-15';

/**
 * Has the kernel prefer these processes, with their sessions, to other programs of the machine, where it lets us (root on Linux): what
 * those take would only widen the margins. Sessions that are preferred stay equals.
 */
export async function prefer(pids: readonly number[]): Promise<void> {
  await Promise.all(pids.map((pid) => writeFile(`/proc/${pid}/autogroup`, NICE).catch(() => {})));
}
