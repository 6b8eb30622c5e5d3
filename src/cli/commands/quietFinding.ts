import { isBusy, type MachineFacts } from '../../../analyzers/machine/machine.js';

/** What "trace doctor" says of other programs, in one line: what is timed beside them is longer than on a quiet machine, and may not repeat. */
export function quietFinding({ busyCores, cores }: Pick<MachineFacts, 'busyCores' | 'cores'>): {
  readonly id: 'quiet';
  readonly ok: boolean;
  readonly text: string;
} {
  if (busyCores === null) return { id: 'quiet', ok: false, text: 'Quiet: unknown; this system does not tell how busy it is.' };
  const ok = !isBusy({ busyCores, cores });
  return {
    id: 'quiet',
    ok,
    text: `Quiet: ${busyCores.toFixed(1)} of ${cores} cores are busy now${ok ? '' : ', with other programs. Times would be longer than they are otherwise'}.`,
  };
}
