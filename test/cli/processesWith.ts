import { readdir, readFile } from 'node:fs/promises';

export interface FoundProcess {
  readonly pid: number;
  /** Its command line, words joined by spaces. */
  readonly command: string;
}

/** Every live process whose environment holds this text: what a command started, however far it went from it. Linux only. */
export async function processesWith(text: string): Promise<readonly FoundProcess[]> {
  const found = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name): Promise<FoundProcess[]> => {
        try {
          // A zombie has neither: it is gone, only not yet waited for.
          if (!(await readFile(`/proc/${name}/environ`, 'latin1')).includes(text)) return [];
          const command = (await readFile(`/proc/${name}/cmdline`, 'latin1')).replaceAll('\0', ' ').trim();
          return [{ pid: Number(name), command }];
        } catch {
          return [];
        }
      }),
  );
  return found.flat();
}
