import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellQuoted } from '../../src/text/shellQuoted.js';

test.each([
  'plain-name_1',
  'detect text',
  "it's",
  '$(touch /tmp/x) `id` "quoted" \\ & ; | > < * ? ~ ! # %',
  'http://127.0.0.1/a?b=1&c=%20#d',
  'größe 模型',
])('a shell takes %s as one word, as it is', (text) => {
  const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${shellQuoted(text)} end`], { encoding: 'utf8' });
  expect(printed).toBe(`${text}\nend\n`);
});

test.each(['', '-rf', '--mark', 'a\nb', 'a\u001b[31m', 'a\u202eb', 'two  spaces', 'x'.repeat(2000)])(
  '%j is not quoted',
  (text) => {
    expect(shellQuoted(text)).toBeNull();
  },
);
