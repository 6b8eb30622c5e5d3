import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './finding.js';

/**
 * Prints the findings as a Markdown table, and writes a document with them into the folder that PLANTED_REPORT names.
 * @param introduction what stands before the table
 */
export async function reportFindings(
  findings: readonly Finding[],
  browser: string,
  document: string,
  introduction: string,
): Promise<void> {
  const table = [
    '| planted | amount | cause | found | error | largest other movement |',
    '| --- | ---: | --- | ---: | ---: | --- |',
    ...findings.map(({ plant, cause, also = [], plantedMs, foundMs, other, otherMs }) => {
      const error = signed(foundMs - plantedMs);
      const cells = [
        plant,
        ms(plantedMs),
        [cause, ...also].map((id) => `\`${id}\``).join(' + '),
        ms(foundMs),
        error,
        `\`${other}\` ${signed(otherMs)}`,
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
  const where = `${browser}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(`\n${where}\n\n${table}\n`);
  if (process.env.PLANTED_REPORT)
    await writeFile(join(process.env.PLANTED_REPORT, document), `${introduction}\n${where}:\n\n${table}\n`);
}

const number = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace('-', '−');
const ms = (value: number): string => `${number(value)} ms`;
const signed = (value: number): string => `${number(value).startsWith('−') || number(value) === '0.00' ? '' : '+'}${ms(value)}`;
