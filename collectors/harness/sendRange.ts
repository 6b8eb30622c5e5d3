import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.webm': 'video/webm',
  '.mkv': 'video/webm',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/mp4',
};

/**
 * Answers with a video file, or with the part of it that is asked for: without parts a player cannot go to a time of its choice.
 * https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
export async function sendRange(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) return void response.writeHead(404).end();
  const { size } = facts;
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const range = rangeOf(request.headers.range, size);
  if (range === 'beyond') return void response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
  const head = { 'Content-Type': type, 'Accept-Ranges': 'bytes' };
  if (!range) response.writeHead(200, { ...head, 'Content-Length': size });
  else {
    const { start, end } = range;
    response.writeHead(206, { ...head, 'Content-Length': end - start + 1, 'Content-Range': `bytes ${start}-${end}/${size}` });
  }
  createReadStream(path, range ?? {})
    .on('error', () => response.destroy())
    .pipe(response);
}

/** First and last byte. Null: the whole file, also where more than one range is asked for. */
function rangeOf(header: string | undefined, size: number): { readonly start: number; readonly end: number } | 'beyond' | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  return start > end ? 'beyond' : { start, end };
}
