import { causeFills } from '../../analyzers/partition/causes/index.js';
import { frameCauseFills } from '../../analyzers/qoe/frameCauses.js';
import { inertText } from '../text/inertText.js';
import type { FlameTree } from '../view/block.js';
import type { Chart } from '../view/chart.js';
import { inertData } from '../view/inertData.js';
import { allFills, swatchClass } from '../view/palette.js';
import type { PageContext } from './frame/section.js';
import { type Html, html, jsonForScript, trusted } from './html.js';
import { inlineScript, sourceOfText } from './inline.js';

interface Page {
  readonly title: string;
  /** Links to what the page holds; null: it has none. */
  readonly contents: Html | null;
  readonly body: Html;
  readonly charts: readonly Chart[];
  readonly flames: readonly (readonly FlameTree[])[];
  readonly client: string;
}

/**
 * The HTML document around the report. Its content security policy blocks everything from outside: the one script and the one
 * style sheet are allowed by hash, and there is no other source.
 */
export function page({ title, contents, body, charts, flames, client }: Page): string {
  const script = inlineScript(client);
  const { scripts, styles } = sourcesOfReport(client);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
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
${
  contents !== null &&
  html`<a class="skip" href="#answer">Skip to the answer</a>
<details class="contents"><summary>Contents</summary>${contents}</details>
`
}<main>
${body}
<noscript><p>The charts need JavaScript; every number in them stands in a table too.</p></noscript>
</main>
<script type="application/json" id="charts">${jsonForScript(charts.map((chart) => chart.spec))}</script>
<script type="application/json" id="flames">${jsonForScript(flames)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.markup;
}

/** What a report's policy allows by hash, for a page that shows reports in a frame, which inherits its own policy. */
export const sourcesOfReport = (client: string): { readonly scripts: string; readonly styles: string } => ({
  scripts: sourceOfText(inlineScript(client)),
  styles: sourceOfText(style),
});

/** How sections add figures and subheadings to a page. Every chart is collected, and the client draws it into its place. */
export interface Figures {
  readonly charts: readonly Chart[];
  /** By number of the place in the page. */
  readonly flames: readonly (readonly FlameTree[])[];
  /** @param level of the subheadings, 2 to 4 */
  context(level: number): PageContext;
}

/** The figures of one page. */
export function figures(): Figures {
  const charts: Chart[] = [];
  const flames: (readonly FlameTree[])[] = [];
  return {
    charts,
    flames,
    context: (level) => ({
      subheading: (text) => html`<${trusted(`h${level}`)}>${text}</${trusted(`h${level}`)}>`,
      figure(chart, caption) {
        charts.push({ ...chart, spec: inertData(chart.spec) });
        return html`<figure><div class="chart" data-chart="${String(charts.length - 1)}" role="img" aria-label="${chart.alt}"></div>
<figcaption>${caption}</figcaption></figure>
`;
      },
      flame({ alt, trees }) {
        flames.push(trees.map(inertTree));
        return html`<div class="flame" data-flame="${String(flames.length - 1)}" role="group" aria-label="${alt}"></div>
`;
      },
    }),
  };
}

/** Names of functions and scripts are text from outside. */
function inertTree({ title, boxes }: FlameTree): FlameTree {
  return {
    title: inertText(title),
    boxes: boxes.map((box) => ({
      ...box,
      name: inertText(box.name),
      kind: inertText(box.kind),
      ...(box.place !== undefined && { place: inertText(box.place) }),
      ms: Number(box.ms.toPrecision(4)),
      ownMs: Number(box.ownMs.toPrecision(4)),
    })),
  };
}

const SWATCHES = [...new Set([...causeFills, ...frameCauseFills, ...allFills()])]
  .map((fill) => `.${swatchClass(fill)}{background:${fill}}`)
  .join('\n');

/** The style sheet of the page. Light and dark follow the reader's system; print is light, with the bars' colours kept. */
const style = `
:root{--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d9dee3;--panel:#f6f8fa;--link:#0b5cad;--shade:#0000001f;--alarm:#a40e26;--alarm-paper:#fff0f0;--warn:#8a4b00}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e7eaee;--soft:#a3acb7;--line:#333a43;--panel:#1c2026;--link:#7fb8f5;--shade:#000000b0;--alarm:#ff8f98;--alarm-paper:#3a1519;--warn:#f0b35c}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:66rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3,h4{line-height:1.25;font-weight:650;text-wrap:balance}
h1{font-size:1.75rem;margin:0}
h2{font-size:1.25rem;margin:0 0 .75rem}
h3{font-size:1.05rem;margin:0 0 .6rem}
h4,section h3{font-size:.9375rem;margin:0 0 .4rem}
article>h2{font-size:1.5rem;margin:0 0 .25rem}
article>section>h3{font-size:1.15rem;margin:0 0 .6rem}
section>h3,section>h4{margin-top:1.25rem}
section{margin-top:3rem;padding-top:1.5rem;border-top:1px solid var(--line)}
article{margin-top:4rem;padding-top:2rem;border-top:3px solid var(--ink)}
article section{margin-top:2.25rem;padding-top:1.25rem}
p{margin:0 0 .75rem;max-width:46rem}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;z-index:9;padding:.5rem 1rem;background:var(--paper)}
.contents{max-width:66rem;margin:0 auto;padding:.75rem 1.25rem 0;font-size:.875rem}
.contents summary{color:var(--soft)}
.contents ul{list-style:none;padding:0;margin:.25rem 0}
.contents ul ul{padding-left:.9rem;margin:0 0 .4rem}
.contents a{color:inherit;text-decoration:none}
.contents a:hover,.contents a:focus-visible{color:var(--link);text-decoration:underline}
.contents li li{color:var(--soft)}
@media screen and (min-width:1280px){body:has(.contents){display:grid;grid-template-columns:14rem minmax(0,1fr)}.contents{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;margin:0;padding:2.5rem .5rem 2rem 1.25rem}.contents summary{display:none}}
.group{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:1rem}
.group>summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;list-style-position:inside}
.group>summary h2,.group>summary h3{margin:0}
.group>summary h2::before,.group>summary h3::before{content:"▸";display:inline-block;width:1.1em;color:var(--soft)}
.group[open]>summary h2::before,.group[open]>summary h3::before{content:"▾"}
.group>summary:focus-visible{outline:2px solid var(--link);outline-offset:3px}
section h4{font-size:.9375rem;margin:1.25rem 0 .4rem}
.group>section{margin-top:1.75rem;padding-top:1rem}
.group>section>h3,.group>section>h4{font-size:1.1rem;margin:0 0 .6rem}
.group>section:first-of-type{border-top:0;margin-top:1rem;padding-top:.5rem}
a{color:var(--link)}
ul{margin:0;padding-left:1.1rem}
li{margin:.2rem 0}
code{font:.875em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre.command{margin:.2rem 0 0;white-space:pre-wrap;font:.875em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.command{display:inline-block;max-width:100%;margin-top:.2rem;padding:.1rem .4rem;background:var(--panel);border:1px solid var(--line);border-radius:4px}
bdi,td,th,code{unicode-bidi:isolate}
.details{color:var(--soft);margin:.25rem 0 0}
.more,.evidence{color:var(--soft);font-size:.875rem}
.evidence{display:block;margin-top:.15rem}
.alarm{margin:1.25rem 0 0;max-width:none;padding:.75rem 1rem;border:2px solid var(--alarm);border-radius:6px;background:var(--alarm-paper)}
.alarm strong,.bad{color:var(--alarm)}
.caution{margin:1.25rem 0 0;padding:.75rem 1rem;border:1px solid var(--warn);border-radius:6px;background:var(--panel)}
.caution strong{color:var(--warn)}
.alarm ul,.caution ul{margin-top:.35rem}
.figures.void .value{color:var(--soft)}
.steps{margin:.6rem 0 0;padding-left:1.4rem;max-width:52rem}
.steps>li{margin:.7rem 0}
.steps p{margin:.35rem 0}
.steps summary .more{font-size:.9375rem}
.uses{margin:.75rem 0}
.uses ul{margin:.35rem 0}
.steps details ul{margin:.35rem 0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem 2rem;margin:1.25rem 0 0}
.figures dt{color:var(--soft);font-size:.875rem}
.figures dd{margin:0}
.figures .value{display:block;font-size:1.75rem;font-weight:600;line-height:1.2;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.figures .more{display:block;font-variant-numeric:tabular-nums}
.answer{margin-top:1.1rem;font-size:1.0625rem}
header h2,article>h3{margin-top:1.25rem}
.lead{margin-top:1rem;font-size:1.0625rem}
figure{margin:1.25rem 0}
.chart{width:100%;min-width:0;overflow:hidden}
.chart svg{display:block;max-width:100%;height:auto}
figcaption{margin-top:.4rem;color:var(--soft);font-size:.875rem}
figcaption p{margin:0 0 .4rem}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;padding:0}
.legend li{margin:0}
.swatch{display:inline-block;width:.75em;height:.75em;margin-right:.45em;border-radius:2px;vertical-align:-.02em;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scroll{overflow-x:auto;margin:1rem 0;background:linear-gradient(to left,var(--paper) 40%,transparent) right/3rem 100% no-repeat local,linear-gradient(to left,var(--shade),transparent) right/1rem 100% no-repeat scroll}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.4;overflow-wrap:normal}
caption{text-align:left;color:var(--soft);font-size:.93em;padding-bottom:.35rem}
caption span{display:inline-block;position:sticky;left:0;max-width:calc(100vw - 2.5rem)}
th,td{text-align:left;vertical-align:top;padding:.45rem .85rem .45rem 0;border-bottom:1px solid var(--line);font-weight:400}
th:last-child,td:last-child{padding-right:0}
table .more,table .evidence{font-size:.93em}
thead th{color:var(--soft);font-size:.87em;font-weight:600;vertical-align:bottom;border-bottom-color:var(--soft)}
.nowrap{white-space:nowrap}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead .num{white-space:normal}
td.text{min-width:9rem;max-width:22rem;overflow-wrap:anywhere}
tbody th.text{min-width:12.5rem;max-width:22rem;overflow-wrap:anywhere}
th code{overflow-wrap:anywhere}
details>summary{cursor:pointer}
.fold{margin:1rem 0}
.fold>summary{color:var(--soft);font-size:.9375rem}
.term{text-decoration:underline dotted var(--soft);text-underline-offset:.2em;cursor:help}
thead button.term{cursor:pointer}
.term:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.stack{margin:.35rem 0 0;padding-left:1.4rem;font-size:.93em}
td.wide{min-width:13rem;overflow-wrap:anywhere}
.facts{margin:0}
.facts>div{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.75rem;padding:.3rem 0;border-bottom:1px solid var(--line);font-size:.9375rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;font-variant-numeric:tabular-nums}
.glossary>div{grid-template-columns:11rem minmax(0,1fr)}
.notes{margin:0}
.notes>div{margin-top:1rem;padding-left:1rem;border-left:3px solid var(--line)}
.notes>.warning{border-color:var(--warn)}
.notes dt{font-weight:600}
.notes>.warning dt{color:var(--warn)}
.notes dd{margin:.35rem 0 0;max-width:46rem}
.tools{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0 -.5rem;font-size:.875rem}
.tools{align-items:center}
.tools input,.tools button,.tools select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:.2rem .6rem}
.tools button,thead button,.unfolds{cursor:pointer}
.tools output{color:var(--soft)}
.tools select{max-width:14rem}
.unfolds{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:left}
.unfolds::before{content:"▸";display:inline-block;width:1.1em;color:var(--soft)}
.unfolds[aria-expanded=true]::before{content:"▾"}
.in-group>th{padding-left:1.1em}
[data-tables] table:not(.all-columns) .extra{display:none}
tr[hidden]{display:none!important}
thead button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit}
th[aria-sort=descending] button::after{content:" ↓"}
th[aria-sort=ascending] button::after{content:" ↑"}
.copy{font:inherit;font-size:.8125rem;margin-left:.4rem;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:.05rem .5rem;cursor:pointer}
.further{margin:1.25rem 0 0}
.further>div{border:0}
.tools [aria-pressed=true]{border-color:var(--ink);font-weight:600}
.tools button:disabled{opacity:.6;cursor:default}
.frames{max-height:36rem;overflow-y:auto;margin:.75rem 0 .4rem;border-bottom:1px solid var(--line)}
.boxes{position:relative;overflow:hidden}
.boxes>div{position:absolute;height:19px;padding:0 .3em;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;background:var(--panel);font:.75rem/19px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;border-right:1px solid var(--paper);cursor:pointer}
.boxes>div:focus-visible{outline:2px solid var(--ink);outline-offset:-2px}
.boxes .around{filter:saturate(.4)}
.boxes .other{opacity:.25}
.flame>.more{min-height:1.5em;margin:0}
#tooltip,#meaning{position:fixed;z-index:9;display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem .75rem;max-width:min(24rem,calc(100vw - 16px));margin:0;padding:.5rem .7rem;background:var(--paper);color:var(--ink);border:1px solid var(--soft);border-radius:6px;font-size:.8125rem;line-height:1.4;pointer-events:none}
#meaning{display:block}
#tooltip[hidden],#meaning[hidden]{display:none}
#tooltip dt{color:var(--soft)}
#tooltip dd{margin:0;font-variant-numeric:tabular-nums}
@media screen and (max-width:36rem){main{padding:1rem 1rem 3rem}h1{font-size:1.35rem}.contents{padding:.5rem 1rem 0}.figures{grid-template-columns:repeat(auto-fit,minmax(6.5rem,1fr));gap:.75rem 1rem;margin-top:.9rem}.figures dt,.figures .more{font-size:.8125rem}.figures .value{font-size:1.2rem;white-space:nowrap}.alarm,.caution{margin-top:.8rem;padding:.5rem .75rem;font-size:.9375rem}.answer p{margin-bottom:.4rem}.answer{margin-top:.7rem;font-size:1rem}.facts>div,.glossary>div{grid-template-columns:6rem minmax(0,1fr)}
[data-tables] :is(table,tbody,tbody tr,caption,tbody th,tbody td){display:block}[data-tables] .scroll{background:none}[data-tables] tbody tr{display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}[data-tables] :is(tbody th,tbody td){min-width:0;max-width:none;padding:0;border:0;text-align:left}[data-tables] tbody th,[data-tables] tbody :is(.text,.wide){flex:1 0 100%}[data-tables] tbody th{font-weight:600}[data-tables] [data-empty]{display:none}[data-tables] tbody td::before{content:attr(data-head);display:block;color:var(--soft);font-size:.75rem}[data-tables] thead{display:none}[data-tables] thead:has(button){display:block}[data-tables] thead tr{display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:.35rem 0}[data-tables] thead th{display:block;padding:0;border:0;text-align:left}[data-tables] .in-group{padding-left:1.1em}[data-tables] .in-group>th{padding:0}}
@page{margin:15mm}
@media print{.contents,.skip,.tools,.copy,.flame{display:none}.group>summary h2::before,.group>summary h3::before{content:none}body{font-size:10pt}main{max-width:none;padding:0}.figures{grid-template-columns:repeat(4,1fr)}.figures .value{font-size:1.5rem}.scroll{overflow:visible;background:none}table{font-size:8.5pt}th,td{padding-right:.8rem}thead th{white-space:normal}tbody th.text{min-width:8rem}td.text{min-width:5.5rem}td.wide{min-width:9rem}.extra{display:none}.unfolds::before{content:none}.term{text-decoration:none}section{margin-top:1.5rem;padding-top:1rem}h2,h3,h4,caption{break-after:avoid}figure,tr,.alarm{break-inside:avoid}.chart svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}#tooltip,#meaning{display:none}a{color:inherit;text-decoration:none}}
@media print{table:has(thead th:nth-child(8)){font-size:7.5pt}table:has(thead th:nth-child(8)) :is(th,td){padding-right:.5rem}table:has(thead th:nth-child(8)) :is(td.text,td.wide,tbody th.text){min-width:5rem}}
${SWATCHES}
`;
