import { inertText } from '../../text/inertText.js';
import { screen, type TerminalOptions, wrapBelow } from '../terminal/screen.js';
import { terminalLines } from '../terminal/terminalLines.js';
import type { AnsweredDocument } from './document.js';

/** A document for a terminal: what ran, and its lines. Ends without a line break. */
export function renderDocumentTerminal({ details, lines }: AnsweredDocument, options: TerminalOptions): string {
  const view = screen(options);
  return [...wrapBelow(inertText(details, 400), view.width, '  ').map(view.paint.bold), ...terminalLines(lines, view)].join('\n');
}
