import { describe, expect, test } from 'vitest';
import { html, jsonForScript, prose, trusted } from '../../src/report/html.js';
import { payloads } from './hostile.js';

describe('html', () => {
  test('escapes what is put into it', () => {
    expect(html`<p title="${'"><b>'}">${"<i>&'`"}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;&#39;&#96;</p>',
    );
  });

  test('passes its own and trusted markup, joins lists, leaves out null and false', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
    expect(html`${items}${null}${false}${trusted('<hr>')}${3}`.markup).toBe('<li>a</li><li>&lt;b&gt;</li><hr>3');
  });

  test('a value that pretends to be markup is text', () => {
    expect(html`${{ markup: '<script>' } as unknown as string}`.markup).not.toContain('<script>');
  });

  test('keeps a number and its unit together in prose only', () => {
    expect(prose('takes 52.1 ms, 97 %').markup).toBe('takes 52.1\u00a0ms, 97\u00a0%');
    expect(html`${'52.1 ms'}`.markup).toBe('52.1 ms');
  });
});

describe('JSON in a script element', () => {
  test.each(payloads.map((payload) => [payload.slice(0, 24), payload]))(
    'cannot end it and reads back the same: %j',
    (_, payload) => {
      const { markup } = jsonForScript({ [payload]: payload });
      expect(markup).not.toMatch(/[<>\u2028\u2029]/);
      expect(JSON.parse(markup)).toEqual({ [payload]: payload });
    },
  );
});
