import { type Html, html, trusted } from '../report/html.js';
import { inlineScript, sourceOfText } from '../report/inline.js';
import { sourcesOfReport } from '../report/page.js';

export interface StartPage {
  readonly toolVersion: string;
  /** Bundled scripts: of this page, of its worker, and of the reports that it shows. */
  readonly main: string;
  readonly worker: string;
  readonly client: string;
}

/**
 * The page that analyzes what is dropped on it, as one HTML file. Its content security policy lets nothing in or out: its own
 * scripts are allowed by hash; the worker and the reports are made from texts that stand in the file.
 */
export function startPage({ toolVersion, main, worker, client }: StartPage): string {
  const script = inlineScript(main);
  const report = sourcesOfReport(client);
  const policy = [
    "default-src 'none'",
    // A frame inherits the policy of the page that it is in.
    `script-src ${sourceOfText(script)} ${report.scripts}`,
    `style-src ${sourceOfText(style)} ${report.styles}`,
    'img-src data:',
    'worker-src blob:',
    'frame-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en" data-version="${toolVersion}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Inferscope</title>
<style>${trusted(style)}</style>
</head>
<body>
${start(toolVersion)}
<main id="shown" hidden>
<header><h1>Inferscope</h1><a id="save">Save this report</a><a id="save-json">Save as JSON</a><a id="tab" target="_blank" rel="noopener">Open in a tab</a><button id="again" type="button">Another recording</button></header>
<div id="left-out" class="alarm" role="alert" hidden></div>
<iframe id="report" title="Report" sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals" allow="clipboard-write"></iframe>
</main>
<noscript><p class="alarm">This page analyzes recordings by JavaScript, which is off.</p></noscript>
${text('worker', worker)}
${text('client', client)}
<script>${trusted(script)}</script>
</body>
</html>
`.markup;
}

/** A script that the page reads as text. */
const text = (id: string, script: string): Html =>
  html`<script type="text/plain" id="${id}">${trusted(inlineScript(script))}</script>`;

const start = (toolVersion: string): Html => html`<main id="start">
<h1>Why is this inference slow?</h1>
<p class="lead">Drop a recording here: a Chrome trace (<code>.json</code>, <code>.json.gz</code>) or a run bundle of Inferscope, as a folder or a <code>.zip</code>. Several are compared.</p>
<div class="drop">
<p id="choose"><button id="choose-files" type="button">Choose files</button><button id="choose-folder" type="button">Choose a bundle’s folder</button></p>
<input id="files" type="file" multiple hidden><input id="folder" type="file" webkitdirectory hidden>
<p class="more">Nothing leaves your computer: this page reads the files itself, and its policy forbids every connection.</p>
</div>
<div id="work" role="status" hidden><p id="doing"></p><progress id="bar" max="1" aria-labelledby="doing"></progress> <button id="stop" type="button">Stop</button></div>
<div id="refused" class="alarm" role="alert" hidden></div>
<details><summary>Options</summary>
<p><label for="mark">Name of the <code>performance.measure()</code> that is one inference, if the page has one; <code>*</code> stands for any text</label><br><input id="mark" type="text" autocomplete="off" spellcheck="false"></p>
<p><label for="symbols">Names for a stripped Wasm module: a symbol map of Emscripten, or the unstripped module</label><br><input id="symbols" type="file"></p>
</details>
<h2>How to record</h2>
<ol>
<li>Open the slow page in Chrome, and DevTools (F12) on its Performance panel.</li>
<li>Record, let the page run some inferences, stop.</li>
<li>Save profile (the arrow downwards), and drop the file here.</li>
</ol>
<p>Inferscope’s command records more: native latency, time per operator, GPU calls, memory. With Node installed:</p>
<pre><code>npx inferscope collect https://your.page/ --duration 15</code></pre>
<p class="more">Inferscope ${toolVersion}. A recording of 200 MB takes about as long here as by <code>trace analyze</code>, and the same limits hold.</p>
</main>`;

const style = `
:root{--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d9dee3;--panel:#f6f8fa;--link:#0b5cad;--alarm:#a40e26;--alarm-paper:#fff0f0}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e7eaee;--soft:#a3acb7;--line:#333a43;--panel:#1c2026;--link:#7fb8f5;--alarm:#ff8f98;--alarm-paper:#3a1519}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
#start{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .75rem}
h2{font-size:1.25rem;line-height:1.25;margin:2.5rem 0 .75rem}
p{margin:0 0 .75rem}
code{font:.875em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{margin:0 0 .75rem;padding:.5rem .75rem;background:var(--panel);border:1px solid var(--line);border-radius:4px;white-space:pre-wrap}
.lead{font-size:1.0625rem}
.more{color:var(--soft);font-size:.875rem;margin:0}
.drop{margin:1.5rem 0;padding:2rem 1.25rem;border:2px dashed var(--soft);border-radius:8px;text-align:center}
#choose{display:flex;flex-wrap:wrap;justify-content:center;gap:.5rem}
[data-over] .drop{border-color:var(--link);background:var(--panel)}
button,#shown a{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:4px;padding:.35rem .9rem;cursor:pointer;text-decoration:none}
button:hover,#shown a:hover{border-color:var(--link);color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
input[type=text]{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:4px;padding:.3rem .6rem;width:100%;max-width:24rem}
summary{cursor:pointer}
details>p{margin:.75rem 0 0}
progress{width:min(24rem,60%);vertical-align:middle;accent-color:var(--link)}
.alarm{margin:1rem 0;padding:.75rem 1rem;border:2px solid var(--alarm);border-radius:6px;background:var(--alarm-paper);white-space:pre-line}
.alarm p:last-child{margin:0}
#shown{display:flex;flex-direction:column;height:100vh;height:100dvh}
#shown header{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem .6rem;padding:.4rem 1rem;border-bottom:1px solid var(--line);font-size:.875rem}
#shown h1{font-size:1em;margin:0}
#shown header a,#shown header button{padding:.15rem .6rem}
#shown .alarm{margin:.5rem 1rem;max-height:30vh;overflow-y:auto}
[data-over] #shown::after{content:"Drop it to analyze it";position:fixed;inset:0;display:grid;place-items:center;font-size:1.5rem;background:var(--paper);opacity:.9}
iframe{flex:1;width:100%;border:0;background:var(--paper)}
`;
