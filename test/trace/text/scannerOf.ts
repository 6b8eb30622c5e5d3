import { ByteWindow } from '../../../src/trace/text/byteWindow.js';
import { Scanner } from '../../../src/trace/text/scanner.js';

/** A scanner with this text at hand. */
export function scannerOf(text: string | Uint8Array): Scanner {
  const scanner = new Scanner();
  new ByteWindow(scanner).append(typeof text === 'string' ? new TextEncoder().encode(text) : text, 0);
  return scanner;
}
