import { createHash } from 'node:crypto';
import type { Chart } from './charts/chart.js';
import { type Html, html, jsonForScript, trusted } from './html.js';
import { style } from './style.js';

interface Page {
  readonly title: string;
  readonly body: Html;
  readonly charts: readonly Chart[];
  readonly client: string;
}

/**
 * The document around the report. Its policy lets nothing in from outside: the one script and the one style sheet are named by
 * hash, there is no other source of anything.
 */
export function page({ title, body, charts, client }: Page): string {
  const script = scriptText(client);
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title} · Inferscope</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${body}
<noscript><p>The charts need JavaScript; every number in them stands in a table too.</p></noscript>
</main>
<script type="application/json" id="charts">${jsonForScript(charts.map((chart) => chart.spec))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.markup;
}

/**
 * A script as it may stand in a page: nothing in it ends the element, and its line ends are those a parser makes of them, so
 * that the hash is of what runs. Both replacements keep the meaning inside strings and regular expressions.
 */
function scriptText(client: string): string {
  return client
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(?=script)/gi, '<\\/')
    .replace(/<!--/g, '\\x3c!--');
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
