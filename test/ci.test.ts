import { readFile } from 'node:fs/promises';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean }>>;
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] }>>;
}

const trace = new NoOperationTraceWriter();
/** What GitHub’s own parser finds wrong. */
const wrongIn = (parsed: ReturnType<typeof parseWorkflow>): string[] =>
  parsed.context.errors.getErrors().map(({ message }) => message);

test('action.yml is an action as GitHub describes one', async () => {
  const content = await readFile('action.yml', 'utf8');
  expect(wrongIn(parseAction({ name: 'action.yml', content }, trace))).toEqual([]);
  expect(
    wrongIn(parseAction({ name: 'action.yml', content: content.replace('using: composite', 'using: nothing') }, trace)),
  ).not.toEqual([]);
});

test('the workflow of docs/ci.md is one, and gives the action inputs that it has', async () => {
  const [, text] = /```yaml\n([\s\S]*?)```/.exec(await readFile('docs/ci.md', 'utf8'))!;
  expect(wrongIn(parseWorkflow({ name: 'speed.yml', content: text! }, trace))).toEqual([]);
  const { inputs } = parse(await readFile('action.yml', 'utf8')) as Action;
  const { jobs } = parse(text!) as Workflow;
  const given = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ uses }) => uses?.startsWith('inferscope/'))!.with!;
  for (const name of Object.keys(given)) expect(Object.keys(inputs)).toContain(name);
  for (const [name, { required }] of Object.entries(inputs)) if (required) expect(Object.keys(given)).toContain(name);
});
