import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../src/packageRoot.js';

const shell = process.platform === 'win32';

/** Runs a command as a user would who has nothing but the package: its scripts blocked, and no setting of this project. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, NO_COLOR: '1', npm_config_ignore_scripts: 'true' };
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { cwd, env, shell: shell && command !== process.execPath, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr }),
    );
  });
}

/** Packs this clone as it is built. @returns the path of the .tgz */
export async function packed(folder: string): Promise<string> {
  const { code, stdout, stderr } = await run('npm', ['pack', packageRoot(), '--json', '--pack-destination', folder], folder);
  if (code !== 0) throw new Error(stderr);
  const [first] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(stdout));
  return join(folder, first!.filename);
}

/**
 * Puts a packed Inferscope into an empty project as npm does, with nothing from the network: its dependencies, and theirs, are those
 * of this clone; what is optional is not there.
 * @returns folders of all packages
 */
export async function installPacked(tarball: string, project: string): Promise<string[]> {
  const own = join(project, 'node_modules', 'inferscope');
  await mkdir(own, { recursive: true });
  const { status } = spawnSync('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  if (status !== 0) throw new Error(`tar could not unpack ${tarball}`);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  const folders = new Set([own]);
  const modules = join(packageRoot(), 'node_modules');
  const todo = Object.keys(await dependenciesOf(own)).map((name) => ({ name, from: packageRoot() }));
  for (let next = todo.pop(); next; next = todo.pop()) {
    const folder = await resolved(next.name, next.from);
    if (folder === null || folders.has(folder)) continue;
    folders.add(folder);
    if (folder === join(modules, next.name)) {
      const link = join(project, 'node_modules', next.name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(folder, link, 'junction');
    }
    for (const name of Object.keys(await dependenciesOf(folder))) todo.push({ name, from: folder });
  }
  return [...folders];
}

const manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

const dependenciesOf = async (folder: string): Promise<Readonly<Record<string, string>>> =>
  manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).dependencies;

/** The folder of a package as Node finds it from another one. Null: it is for another system. */
async function resolved(name: string, from: string): Promise<string | null> {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (await stat(join(candidate, 'package.json')).catch(() => null)) return candidate;
    if (folder === dirname(folder)) return null;
  }
}

/** Bytes of a folder's files. @param nested whether those of packages inside of it count */
export async function bytesIn(folder: string, nested: boolean): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += !nested && entry.name === 'node_modules' ? 0 : await bytesIn(path, nested);
    else if (entry.isFile()) sum += (await stat(path)).size;
  }
  return sum;
}
