import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CompareAnalysis } from '../../analyzers/compare/index.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { resolveModel } from '../../models/resolveModel.js';
import { readCompare } from '../../src/bundle/readCompare.js';
import { bin, type Ended, runTrace } from './runTrace.js';

const run = promisify(execFile);
const TINY = '--model=tiny-operators';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[] };
}

describe.skipIf(!findBrowser())('trace compare (skipped without a browser: trace doctor --fix)', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'inferscope-compare-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  describe('of a model with and without V8’s optimizing tier', () => {
    let ended: Ended;
    let analysis: CompareAnalysis;
    const folder = () => join(root, 'tiers');
    beforeAll(async () => {
      const sides = [`base=${TINY}`, `head=${TINY} --js-flags=--liftoff-only`];
      const summary = join(root, 'summary.md');
      ended = await runTrace(
        [
          'compare',
          ...sides,
          '--processes',
          '2',
          '--limit',
          '5%',
          '--out',
          folder(),
          '--markdown',
          join(root, 'answer.md'),
          '--json',
        ],
        { env: { GITHUB_STEP_SUMMARY: summary } },
      );
      analysis = JSON.parse(ended.stdout);
    });

    test('has a round for each pair of processes, in which they took turns', async () => {
      expect(ended.code).toBe(0);
      const { rounds, ended: why, settings } = await readCompare(folder());
      expect([rounds.length, why]).toEqual([2, 'processes']);
      for (const round of rounds) {
        const { turns, tracedTurns } = round;
        expect(turns.length).toBeGreaterThanOrEqual(5);
        for (const name of ['a', 'b'] as const) {
          const side = round[name];
          expect(side.predictionMs).toBeGreaterThan(0);
          expect(side.windows).toHaveLength(tracedTurns.reduce((sum, turn) => sum + turn[name], 0));
          expect(side.functions.length).toBeGreaterThan(0);
        }
      }
      expect(settings.find(({ what }) => what === 'model')!.a).toBe('tiny-operators');
    });

    test('gives no verdict by so few, and sums its causes', () => {
      const { gate, figures, window, causes, sides } = analysis;
      expect(gate).toBe('undecided');
      expect(figures[0]).toMatchObject({ id: 'prediction', verdict: 'inconclusive', rounds: 2 });
      const sum = causes.reduce((total, { differenceMs }) => total + differenceMs, 0);
      expect(Math.abs(sum - window!.differenceMs)).toBeLessThan(1e-9);
      expect(sides.b.options.join(' ')).toContain('--liftoff-only');
    });

    test('keeps the bundles of its last round, its report and its Markdown', async () => {
      for (const side of ['a', 'b']) expect((await runTrace(['analyze', join(folder(), 'runs', side), '--json'])).code).toBe(0);
      expect(await readFile(join(folder(), 'report.html'), 'utf8')).toContain('base and head compared');
      const markdown = await readFile(join(root, 'answer.md'), 'utf8');
      expect(markdown).toContain('| prediction |');
      expect(await readFile(join(root, 'summary.md'), 'utf8')).toBe(markdown);
    });

    test('is analyzed again from its folder, and by no option of single runs', async () => {
      const again = await runTrace(['analyze', folder(), '--json']);
      expect(JSON.parse(again.stdout)).toEqual(analysis);
      expect((await runTrace(['analyze', folder(), '--csv', 'x'])).code).toBe(2);
    });

    test('of its two bundles is shown as recorded apart, and a limit is judged only where the user insists', async () => {
      const bundles = ['a', 'b'].map((side) => join(folder(), 'runs', side));
      const refused = await runTrace(['compare', ...bundles, '--limit', '5%']);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/recorded apart[\s\S]*trace compare [\s\S]*a=[\s\S]*--limit prediction=5%[\s\S]*--apart/);
      const shown = await runTrace(['compare', ...bundles, '--out', join(root, 'apart')]);
      expect(shown.stdout).toMatch(/Recorded apart/);
      expect(existsSync(join(root, 'apart', 'report.html'))).toBe(true);
      const judged = await runTrace(['compare', ...bundles, '--limit', '5%', '--apart', '--json']);
      expect([0, 3]).toContain(judged.code);
      expect((JSON.parse(judged.stdout) as CompareAnalysis).recorded).toBe('apart');
    });
  });

  test('of two pages finds the slower one, and fails', async () => {
    const server = createServer(({ url }, response) => {
      const ms = Number(url!.slice(1));
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>page</title><script>setInterval(()=>{performance.mark('s');const end=performance.now()+${ms};while(performance.now()<end);performance.measure('infer','s')},40)</script>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const side = (name: string, ms: number) => `${name}=http://127.0.0.1:${port}/${ms} --mark infer --iterations 10`;
      const { code, stdout, stderr } = await runTrace([
        'compare',
        side('base', 5),
        side('head', 20),
        '--processes',
        '5',
        '--limit',
        '50%',
        '--out',
        join(root, 'pages'),
        '--json',
      ]);
      expect(code, stderr).toBe(3);
      const { figures, explained, window } = JSON.parse(stdout) as CompareAnalysis;
      expect(figures[0]).toMatchObject({ id: 'prediction', verdict: 'slower', rounds: 5 });
      expect(figures[0]!.ratio).toBeGreaterThan(2);
      expect(window!.differenceMs).toBeGreaterThan(8);
      expect(explained!.causes[0]).toMatch(/^(page\.script|runtime\.glue)$/);
    } finally {
      server.close();
    }
  });

  test('that is interrupted compares the rounds that are complete, and leaves no process', async () => {
    const folder = join(root, 'cut');
    let wasAsked = false;
    const { code, stdout, stderr } = await runTrace(['compare', `a=${TINY}`, `b=${TINY}`, '--processes', '50', '--out', folder], {
      onStderr: (said, child) => {
        // A second signal would end it at once.
        if (/%, \d+ rounds?/.test(said) && !wasAsked) wasAsked = child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('stopped by SIGINT');
    expect(stdout).toContain('prediction');
    const { rounds, ended } = await readCompare(folder);
    expect(rounds.length).toBeGreaterThanOrEqual(1);
    expect(ended).toBeNull();
  });

  test('runs as docs/ci.md says', async () => {
    const [, command] = /```sh\ntrace (compare .*)\n```/.exec(await readFile('docs/ci.md', 'utf8'))!;
    const project = join(root, 'project');
    await mkdir(join(project, 'models'), { recursive: true });
    const { path } = await resolveModel('tiny-operators', { cacheFolder: join(root, 'cache'), format: 'onnx' });
    for (const name of ['base', 'head']) await copyFile(path, join(project, 'models', `${name}.onnx`));
    const { code, stdout, stderr } = await runTrace([...command!.split(' '), '--processes', '1'], { cwd: project });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^prediction .* limit \+5 %: UNDECIDED$/m);
  });

  test('says of a side that cannot be recorded what to do', async () => {
    const { code, stderr } = await runTrace(['compare', `a=${TINY}`, 'b=--model=no-such-model', '--out', join(root, 'none')]);
    expect(code).toBe(2);
    expect(stderr).toContain('no-such-model');
  });

  test('in GitHub’s Actions sets outputs, adds to the summary, and takes names for data', async () => {
    const action = parse(await readFile('action.yml', 'utf8')) as Action;
    const step = action.runs.steps.find(({ run }) => run !== undefined)!;
    const inputs: Record<string, string> = {
      ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])),
      a: `base=${TINY}`,
      b: `head=${TINY} $(touch ${join(root, 'pwned')})`,
      limit: '5% setup=50%',
      args: '--processes 1',
      command: `${process.execPath} ${bin}`,
    };
    const env = Object.fromEntries(
      Object.entries(step.env!).map(([name, text]) => [
        name,
        text.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_, key: string) => inputs[key]!),
      ]),
    );
    const files = { GITHUB_OUTPUT: join(root, 'output'), GITHUB_STEP_SUMMARY: join(root, 'step.md'), RUNNER_TEMP: root };
    await writeFile(files.GITHUB_OUTPUT, '');
    const runStep = (more: NodeJS.ProcessEnv) =>
      run('bash', ['-e', '-o', 'pipefail', '-c', step.run!], { env: { ...process.env, ...files, ...env, ...more } });
    await expect(runStep({})).rejects.toMatchObject({ code: 2 });
    expect(existsSync(join(root, 'pwned'))).toBe(false);
    await runStep({ B: `head=${TINY}` });
    const outputs = await readFile(files.GITHUB_OUTPUT, 'utf8');
    expect(outputs).toMatch(/^verdict=undecided\nchange=-?\d+\.\d{4}\nreport=.*report\.html\n$/);
    expect(await readFile(files.GITHUB_STEP_SUMMARY, 'utf8')).toContain('base and head compared');
  });
});
