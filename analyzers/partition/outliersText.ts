import { formatMs, formatName, formatPlace, formatPlural, formatRatio, formatShare } from '../../src/view/format.js';
import type { OutlierFunction, Outliers } from './outliers.js';

const MOST = 2;

/** "2 of 80 predictions take 510 ms at the mean, 51.5× a typical one (9.90 ms): 98 % of it JavaScript glue (decode, app.js:12)" */
export function outliersText({ windows, of, ms, longestMs, typicalMs, more }: Outliers): string {
  const longest = windows > 1 && longestMs > ms ? `, the longest ${formatMs(longestMs)}` : '';
  const parts = more.slice(0, MOST).map(({ title, share, functions: [first] }) => {
    return `${formatShare(share)} ${title}${first ? ` (${functionText(first)})` : ''}`;
  });
  const text = `${windows} of ${formatPlural(of, 'traced prediction')} ${windows === 1 ? 'takes' : 'take'} ${formatMs(ms)}${windows > 1 ? ' at the mean' : ''}`;
  const what = parts.length > 0 ? `. What is more: ${parts.join(', ')}` : '';
  return `${text}${longest}, ${formatRatio(ms / typicalMs)} a typical one (${formatMs(typicalMs)})${what}`;
}

/** "decode, app.js:12"; of a builtin "set in decode, app.js:12". */
export function functionText({ builtin, function: name, script, line }: OutlierFunction): string {
  const own = builtin === null ? (name ?? '(no script)') : name === null ? builtin : `${builtin} in ${name}`;
  const at = script === null ? '' : `, ${formatPlace(script, line)}`;
  return `${formatName(own, 80)}${at}`;
}
