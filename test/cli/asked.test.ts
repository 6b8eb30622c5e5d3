import { expect, test } from 'vitest';
import yargs from 'yargs';
import { isAskedFlag } from '../../src/bundle/asked.js';
import { commands } from '../../src/cli/commands/index.js';

/** What a manifest holds by itself, or what says where and how to record and not what. */
const HELD = ['model', 'input', 'framework', 'backend', 'threads', 'simd', 'isolation', 'on', 'seed', 'out'];
const WHERE = ['url', 'attach', 'tab', 'reload', 'allow-remote', 'quiet'];

test('every option of collect is repeated by the command that records the same again, or is held otherwise', async () => {
  const collect = commands.find(({ command }) => command.startsWith('collect'))!;
  const build = await collect.options();
  const { key } = (build(yargs([]).help(false).version(false)) as unknown as { getOptions(): { key: object } }).getOptions();
  const others = Object.keys(key).filter((flag) => !isAskedFlag(flag));
  expect(others.toSorted()).toEqual([...HELD, ...WHERE].toSorted());
});
