import { escaped, markdownBlocks } from '../markdown.js';
import type { AnsweredDocument } from './document.js';

/** GitHub takes 65,536 characters in a comment. */
const MOST_BYTES = 60_000;
const CUT = 'The rest is left out, as it is too long for a comment.';

/**
 * A document as GitHub-flavoured Markdown, for a comment or a build's summary, of 60 kB at most. All text becomes no markup, no link and no
 * mention. Ends with a line break.
 */
export function renderDocumentMarkdown({ title, details, alarms, sentences, section, notes }: AnsweredDocument): string {
  const doubtful = notes.filter(({ level }) => level !== 'info');
  const parts = [
    `# ${escaped(title)}`,
    escaped(details),
    ...alarms.map((text) => `> **Check this first.** ${escaped(text)}`),
    ...sentences.map((sentence) => escaped(sentence)),
    ...section.blocks.map((block) => markdownBlocks([block])),
    ...(doubtful.length > 0 ? ['## Notes', doubtful.map(({ text }) => `- ${escaped(text)}`).join('\n')] : []),
  ];
  return fitting(parts);
}

/** Whole parts, as many as there is room for. */
function fitting(parts: readonly string[]): string {
  let kept = '';
  for (const part of parts) {
    const longer = `${kept}${kept === '' ? '' : '\n\n'}${part}`;
    if (Buffer.byteLength(longer) > MOST_BYTES) return `${kept}\n\n${CUT}\n`;
    kept = longer;
  }
  return `${kept}\n`;
}
