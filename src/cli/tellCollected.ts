import type { CollectResult } from '../../collectors/collectResult.js';
import { inertText } from '../text/inertText.js';
import { exitCodes } from './exitCodes.js';

/**
 * Says what collecting came to: the folder on stdout, the rest on stderr, and the exit code.
 * @param interruptedBy the exit code of the signal that stopped it; null if none did
 */
export function tellCollected(folder: string, { status, reason, holds }: CollectResult, interruptedBy: number | null): void {
  if (status === 'complete') {
    process.stdout.write(`${folder}\n`);
    process.stderr.write(`The bundle holds ${inertText(holds)}. Next: trace analyze ${folder}\n`);
    return;
  }
  process.stderr.write(`trace: ${reason}\n`);
  process.stderr.write(
    status === 'incomplete'
      ? `The bundle ${folder} is marked incomplete. It holds ${inertText(holds)}, and can be analyzed.\n`
      : 'Nothing had been measured yet, so no bundle was left.\n',
  );
  process.exitCode = interruptedBy ?? exitCodes.failed;
}
