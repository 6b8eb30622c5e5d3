import type { BisectAnalysis } from '../../../analyzers/bisect/index.js';
import { bisectView, runText } from '../../../analyzers/bisect/view.js';
import { inertText } from '../../text/inertText.js';
import { screen, type TerminalOptions, wrapBelow } from '../terminal/screen.js';
import { terminalLines } from '../terminal/terminalLines.js';

/** A search among builds for a terminal: what ran, the answer, what was tested, what grew. Ends without a line break. */
export function renderBisectTerminal(analysis: BisectAnalysis, options: TerminalOptions): string {
  const view = screen(options);
  return [
    ...wrapBelow(inertText(runText(analysis), 400), view.width, '  ').map(view.paint.bold),
    ...terminalLines(bisectView.brief(analysis), view),
  ].join('\n');
}
