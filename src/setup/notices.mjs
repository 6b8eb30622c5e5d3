// Whose code stands in a bundle, and under which licence: most licences want their text to go with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of an npm package in the path of one of its files, also where it is installed inside of another. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)\b/i;

/** The packages that an output of esbuild holds parts of, by the inputs that its metafile names, with paths relative to a folder. */
export function packagesIn(inputs, root) {
  const folders = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => {
    const folder = PACKAGE.exec(path.replaceAll('\\', '/'))?.[1];
    return folder && bytesInOutput > 0 ? [folder] : [];
  });
  return [...new Set(folders)].sort().map((folder) => noticeOf(join(root, folder)));
}

/** @throws Error if the package names no licence: then it must not be in a bundle */
function noticeOf(folder) {
  const { name, version, license, repository, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} in a bundle names no licence. Look at it, and leave it out.`);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\r\n?/g, '\n').trim());
  const source =
    (typeof repository === 'string' ? repository : repository?.url) ?? homepage ?? `https://www.npmjs.com/package/${name}`;
  return { name: `${name} ${version}`, license, source, text: texts.join('\n\n') };
}

/** Packages with the same text share it. */
export function noticesText(packages) {
  const byText = new Map();
  for (const each of packages) {
    const text = `${each.license}\n\n${each.text || '(The package holds no text of its licence.)'}`;
    byText.set(text, [...(byText.get(text) ?? []), each]);
  }
  return [...byText]
    .map(([text, of]) => `${of.map(({ name, source }) => `${name}, ${source}`).join('\n')}\nLicence: ${text}`)
    .join(`\n\n${'-'.repeat(40)}\n\n`);
}

/** The same as a comment at the end of a script. */
export function noticesComment(packages) {
  if (packages.length === 0) return '';
  return `\n/*!\nThis file holds parts of these packages:\n\n${noticesText(packages).replaceAll('*/', '* /')}\n*/\n`;
}

/** The same as a file, for the package. */
export function noticesFile(packages) {
  return `# Third-party notices

Scripts of Inferscope that run in pages and reports hold parts of the packages below, under the licences that stand with each. What
npm installs beside Inferscope brings its own. The build writes this file (\`npm run build\`).

\`\`\`text
${noticesText(packages)}
\`\`\`
`;
}
