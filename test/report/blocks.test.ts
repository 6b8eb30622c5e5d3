import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { dataOf } from '../../src/report/data.js';
import { htmlBlocks } from '../../src/report/htmlBlocks.js';
import { markdownBlocks } from '../../src/report/markdown.js';
import { figures } from '../../src/report/page.js';
import { fitting, screen, wrap, wrapBelow } from '../../src/report/terminal/screen.js';
import { terminalBlocks } from '../../src/report/terminal/terminalBlocks.js';
import { terminalLines } from '../../src/report/terminal/terminalLines.js';
import {
  aside,
  type Block,
  type Column,
  figure,
  fold,
  groupedTable,
  heading,
  lead,
  line,
  list,
  paragraph,
  remark,
  sentence,
  table,
  valueLine,
  verdict,
} from '../../src/view/block.js';
import { payloads } from './hostile.js';

const ACTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const columns: readonly Column<string>[] = [
  { id: 'name', head: 'Name', kind: 'text', value: (name) => name, fill: () => '#0072b2', doubt: (name) => `not ${name}` },
  { id: 'medianMs', head: 'Median', kind: 'ms', value: () => 52.13, ci95: () => [51, 53.4], note: (name) => name },
  { id: 'ratio', head: 'Ratio', kind: 'ratio', value: () => null, ci95: () => [1, 2] },
  { id: 'function', head: 'Function', kind: 'code', value: (name) => name },
];

/** Calls of a function, by their place. */
const calls: readonly Column<string>[] = [
  { id: 'call', head: 'Call', kind: 'code', value: (name) => name, note: (name) => [name, 'blocks'] },
  { id: 'times', head: 'Times', kind: 'mean', value: () => 1.5 },
  { id: 'site', head: 'At', kind: 'code', value: (name) => name, unfolds: (name) => [name, 'main'] },
];

/** Every kind of block, with a text in every place that has one. */
function everyBlock(text: string): readonly Block[] {
  const marked = columns.map((column) => ({ ...column, head: `${column.head} ${text}` }));
  const spec = { data: { values: [{ at: 1, label: text }] }, mark: 'point', encoding: { x: { field: 'at' } } } as const;
  return [
    heading(text),
    lead(text),
    paragraph(text),
    remark(text),
    list([text, text]),
    fold(text, [paragraph(text), table(text, marked, [text])]),
    table(text, marked, [text, text]),
    table(text, calls, [text, text], 1),
    figure({ spec, alt: text }, text, [{ fill: '#0072b2', text }]),
    { block: 'verdict', level: 'void', text, reasons: [text, text] },
    {
      block: 'steps',
      steps: [{ title: text, saves: text, who: text, basis: text, where: text, command: text, code: [text], evidence: [text] }],
    },
  ];
}

function page(text: string) {
  const { charts, context } = figures();
  return { markup: htmlBlocks(everyBlock(text), context(3)).markup, data: JSON.stringify(charts[0]!.spec) };
}

const tags = (markup: string) => [...markup.matchAll(/<\/?([a-z][\w-]*)/gi)].map((match) => match[1]);
const cases = payloads.map((payload) => [payload.slice(0, 24), payload] as const);

describe('blocks as HTML', () => {
  test('a cell has its swatch, mark, value, interval and note', () => {
    const { markup } = htmlBlocks([table('Latency', columns, ['Setup'])], figures().context(3));
    expect(markup).toContain('<caption><span>Latency</span></caption>');
    expect(markup).toMatch(/<th scope="row" class="narrow"><span class="swatch fill-0072b2".*title="not Setup">! <.*Setup<\/th>/);
    expect(markup.replace(/<[^>]+>/g, ' ').replace(/[\u00a0\s]+/g, ' ')).toContain('52.1 ms 51.0–53.4 Setup —');
  });

  test('a name is in a fixed-width font, notes stand below each other, and a stack unfolds', () => {
    const { markup } = htmlBlocks([table('Calls', calls, ['f'])], figures().context(3));
    expect(markup).toContain('<code>f</code><span class="evidence">f</span><span class="evidence">blocks</span></th>');
    expect(markup).toMatch(/<td class="num"[^>]*>1\.5<\/td>/);
    expect(markup).toContain(
      '<details><summary><code>f</code></summary><ol class="stack"><li><code>f</code></li><li><code>main</code></li></ol></details>',
    );
  });

  test('a fold shows its summary, and what it holds when it is opened; the terminal shows nothing of it', () => {
    const folded = [fold('More', [paragraph('Rarely needed.')])];
    expect(htmlBlocks(folded, figures().context(3)).markup).toBe(
      '<details class="fold"><summary>More</summary>\n<p>Rarely needed.</p>\n</details>\n',
    );
    expect(terminalBlocks(folded, screen({ width: 80, color: false }))).toEqual([]);
    expect(markdownBlocks(folded)).toBe('**More**\n\nRarely needed.');
  });

  test('groups unfold into their rows on the page, and stand in place of them where there is less room', () => {
    const more = { id: 'more', head: 'More', kind: 'text', more: true, value: () => 'yes' } as const;
    const grouped = groupedTable('Calls', [calls[1]!, calls[0]!, more], [{ head: 'all', rows: ['a', 'b'] }], 'times');
    const { markup } = htmlBlocks([grouped], figures().context(3));
    expect(markup).toMatch(
      /<th [^>]*data-id="times" aria-sort="descending">.*<tr class="group-head">.*(<tr class="in-group">.*){2}/s,
    );
    expect(markup).toContain('<th scope="col" class="narrow extra" data-id="more">More</th>');
    expect(markdownBlocks([grouped]).split('\n')).toHaveLength(5);
    expect(markdownBlocks([grouped])).not.toContain('More');
    expect(terminalBlocks([grouped], screen({ width: 80, color: false }))).toHaveLength(3);
    expect(dataOf(grouped).columns.map(({ name, values }) => [name, values.length])).toEqual([
      ['times', 2],
      ['call', 2],
      ['more', 2],
    ]);
  });

  test('a remark is less prominent than a paragraph', () => {
    expect(htmlBlocks([remark('Means of 3.')], figures().context(3)).markup).toBe('<p class="more">Means of 3.</p>\n');
  });

  test.each(cases)('text stays text: %j', (_, payload) => {
    const { markup, data } = page(payload);
    expect(tags(markup)).toEqual(tags(page('harmless').markup));
    expect(markup).not.toMatch(/<[^>"]*(?:"[^"]*"[^>"]*)*\s(?:style|src|href|on\w+)=/i);
    expect(markup.replaceAll('\n', '')).not.toMatch(ACTIVE);
    expect(data).not.toMatch(ACTIVE);
  });

  test('long text is cut, most in the data of charts', () => {
    const { markup, data } = page('w'.repeat(10_000));
    expect(Math.max(...[...markup.matchAll(/w+/g)].map(([run]) => run.length))).toBe(1999);
    expect(markup.match(/(?<=<\/strong>)w+(?=…<\/th>)/g)?.map((name) => name.length)).toEqual([399, 399, 399]);
    expect(Math.max(...[...data.matchAll(/w+/g)].map(([run]) => run.length))).toBe(299);
  });
});

describe('lines in the terminal', () => {
  test('labels, numbers and texts stand in columns; an aside begins at the edge', () => {
    const lines = [valueLine('Prediction', '52.1 ms', 'n = 40'), line('Memory', 'held 43.0 MB'), aside('Setup 812 ms')];
    expect(terminalLines(lines, screen({ width: 80, color: false }))).toEqual([
      'Prediction     52.1 ms  n = 40',
      'Memory      held 43.0 MB',
      'Setup 812 ms',
    ]);
  });

  test('a long label keeps its distance from what follows', () => {
    const long = [line('Longest task', '80.0 ms'), valueLine('Smoothness of the whole page', '167 ms', 'gap')];
    expect(terminalLines(long, screen({ width: 80, color: false }))).toEqual([
      'Longest task            80.0 ms',
      'Smoothness of the whol…     167 ms  gap',
    ]);
    expect(terminalLines([line('Longest task', '80.0 ms')], screen({ width: 80, color: false }))).toEqual([
      'Longest task 80.0 ms',
    ]);
  });

  test.each(cases)('text neither acts nor leaves the screen: %j', (_, payload) => {
    const lines = [valueLine(payload, payload, payload), line(payload, payload), aside(payload), sentence(payload)];
    for (const drawn of terminalLines(lines, screen({ width: 60, color: false }))) {
      expect(drawn).not.toMatch(ACTIVE);
      expect(stringWidth(drawn)).toBeLessThanOrEqual(60);
    }
  });
});

describe('blocks in the terminal', () => {
  test('a step is whole: what it saves, who can do it, how that is known, where, its command and its code', () => {
    const [steps] = everyBlock('one').slice(-1);
    expect(terminalBlocks([steps!], screen({ width: 80, color: false }))).toEqual([
      '1. one',
      '   one · one',
      '   one',
      '   In one.',
      '   one',
      '   one',
      '   one',
    ]);
  });

  test('a verdict has all its reasons', () => {
    const linesOf = (level: 'good' | 'fair' | 'void') =>
      terminalBlocks([verdict(level, 'It is so.', ['One.', 'Two.'])], screen({ width: 80, color: false }));
    expect(linesOf('fair')).toEqual(['It is so.', '- One.', '- Two.']);
    expect(linesOf('void')).toEqual(['! It is so.', '- One.', '- Two.']);
  });

  test.each(cases)('text neither acts nor leaves the screen: %j', (_, payload) => {
    for (const drawn of terminalBlocks(everyBlock(payload), screen({ width: 60, color: false }))) {
      expect(drawn).not.toMatch(ACTIVE);
      expect(stringWidth(drawn)).toBeLessThanOrEqual(60);
    }
  });
});

describe('tables in the terminal', () => {
  const drawn = (heads: readonly [string, string]) =>
    terminalBlocks(
      [
        table<string>(
          'Calls: share, name',
          [
            { id: 'share', head: heads[0], kind: 'share', value: () => 0.402 },
            { id: 'name', head: heads[1], kind: 'code', value: (name) => name, note: () => ['blocks'] },
          ],
          ['f'],
        ),
      ],
      screen({ width: 60, color: false }),
    );

  test('have a line of headings, and none where the caption says what the columns are', () => {
    expect(drawn(['Share', 'Call'])).toEqual(['Calls: share, name', ' Share  Call', '40.2 %  f blocks']);
    expect(drawn(['', ''])).toEqual(['Calls: share, name', '40.2 %  f blocks']);
  });

  test('shorten words where a screen is narrow, become sentences where numbers would have to be cut, and are whole in a pipe', () => {
    const name = 'the name of a function '.repeat(4).trim();
    const wide = (count: number) =>
      table<string>(
        'Times',
        [
          { id: 'name', head: 'Name', kind: 'text', value: (text) => text },
          ...Array.from({ length: count }, (_, i) => ({
            id: `ms${i}`,
            head: `Column ${i}`,
            kind: 'ms' as const,
            value: () => 1234.5,
          })),
        ],
        [name],
      );
    const linesOf = (count: number, width: number | null) => terminalBlocks([wide(count)], screen({ width, color: false }));
    expect(linesOf(2, 60).at(-1)).toMatch(/^the name of .*… +1,235 ms +1,235 ms$/);
    expect(linesOf(2, null).at(-1)).toBe(`${name}  1,235 ms  1,235 ms`);
    const narrow = linesOf(6, 60);
    expect(narrow.join(' ').match(/Column +\d +1,235 ms/g)).toHaveLength(6);
    for (const line of narrow) expect(stringWidth(line)).toBeLessThanOrEqual(60);
  });
});

describe('blocks as Markdown', () => {
  const escapesGone = (text: string) => text.replace(/\\[!-/:-@[-`{-~]/g, '');

  test('a table has a row a line, numbers to the right, intervals and notes in brackets', () => {
    expect(markdownBlocks([table('Latency', columns, ['Setup'])])).toBe(
      [
        '**Latency**',
        '',
        '| Name | Median | Ratio | Function |',
        '| --- | ---: | ---: | --- |',
        '| **!** Setup | 52.1 ms (51.0–53.4; Setup) | — | Setup |',
      ].join('\n'),
    );
  });

  test('of a long table its first rows are shown, and how many are not', () => {
    const long = table('Latency', columns.slice(0, 1), ['Setup', 'Warm-up', 'Steady'], 1);
    expect(markdownBlocks([long])).toMatch(/\| \*\*!\*\* Setup \|\n\n2 further rows left out\.$/);
    expect(htmlBlocks([long], figures().context(3)).markup).toMatch(
      /<table data-shown="1">.*<tr><th.*Setup.*<tr><th.*Warm-up.*<tr><th.*Steady/s,
    );
    expect(dataOf(long).columns[0]!.values).toHaveLength(3);
    const whole = table('Latency', columns.slice(0, 1), ['Setup'], 1);
    expect(markdownBlocks([whole])).not.toContain('left out');
    const cut = table('Latency', columns.slice(0, 1), ['Setup', 'Warm-up'], 1, 3);
    expect(markdownBlocks([cut])).toContain('4 further rows left out.');
  });

  test('a list has a line an item', () => {
    expect(markdownBlocks([list(['one', '# two'])])).toBe('- one\n- \\# two');
  });

  test('a chart is what it says to those who cannot see it, a step has its command and its code in a block', () => {
    const [chart, verdict, steps] = everyBlock('one | two').slice(-3);
    expect(markdownBlocks([chart!])).toBe('*one \\| two*');
    expect(markdownBlocks([verdict!])).toBe('> **one \\| two**\n>\n> - one \\| two\n> - one \\| two');
    expect(markdownBlocks([steps!])).toBe(
      '1. **one \\| two**: one \\| two · one \\| two. one \\| two In one \\| two. one \\| two\n\n   ```sh\n   one | two\n   ```\n\n   ```\n   one | two\n   ```',
    );
  });

  test.each(cases)('text makes no markup, link, mention or cell: %j', (_, payload) => {
    const drawn = markdownBlocks(everyBlock(payload));
    const plain = markdownBlocks(everyBlock('harmless'));
    expect(drawn.replaceAll('\n', '')).not.toMatch(ACTIVE);
    const isFenced = /^ *(`{3,})(sh)?\n.*\n *\1$/gm;
    const body = (text: string) => text.replace(isFenced, '');
    const shape = (text: string) => escapesGone(text).replace(/[^\n|*<>`[\]_~]/g, '');
    expect(shape(body(drawn))).toBe(shape(body(plain)));
    expect(escapesGone(body(drawn))).not.toMatch(/:\/\/|www\.|@(?!&#8203;)/);
    expect(drawn.match(isFenced)).toHaveLength(2);
    for (const [, fence, , text] of drawn.matchAll(/^ *(`{3,})(sh)?\n(.*)\n *\1$/gm)) expect(text).not.toContain(fence!);
  });

  test('a text that begins like a list or a heading is a text', () => {
    const texts = ['- one', '+ one', '# one', '1. one', '12) one', '=== one', '93.4 % of it', 'a - b'];
    expect(texts.map((text) => markdownBlocks([paragraph(text)]))).toEqual([
      '\\- one',
      '\\+ one',
      '\\# one',
      '1\\. one',
      '12\\) one',
      '\\=== one',
      '93.4 % of it',
      'a - b',
    ]);
  });

  test('addresses, e-mail and users are no links', () => {
    const text = 'http://127.0.0.1/x, www.example.org, a@b.c, @team/all';
    expect(markdownBlocks([paragraph(text)])).toBe('http\\://127.0.0.1/x, www\\.example.org, a@&#8203;b.c, @&#8203;team/all');
  });

  test('numbers of issues and places in a file become no link and no picture', () => {
    const text = '#1 of owner/repo#2 and gh-3: app.js:100:7, :+1:, 12:30, a: b';
    expect(markdownBlocks([paragraph(text)])).toBe(
      '\\#&#8203;1 of owner/repo#&#8203;2 and gh-&#8203;3: app.js:&#8203;100:7, :&#8203;+1:, 12:30, a: b',
    );
  });
});

describe('wrapped text', () => {
  test('keeps a number and its unit together, and goes on with what is longer than a line', () => {
    expect(wrap('saves at most 857 ms of each', 19)).toEqual(['saves at most', '857 ms of each']);
    expect(wrap('at http://127.0.0.1/a/long/path it is', 12)).toEqual(['at', 'http://127.0', '.0.1/a/long/', 'path it is']);
    expect(wrapBelow('  1. one two three', 10, '     ')).toEqual(['  1. one', '     two', '     three']);
    expect(wrapBelow('one two', Number.POSITIVE_INFINITY, '  ')).toEqual(['one two']);
  });

  test('of parts as many are there as a line has room for, and none behind one that is left out', () => {
    expect(fitting(['one', 'a long one', 'two'], ', ', 10)).toBe('one');
    expect(fitting(['one', 'a long one', 'two'], ', ', 10, 2)).toBe('one, a long one');
    expect(fitting(['a long one'], ', ', 3)).toBe('');
  });
});
