import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type FrameworkId, frameworks } from '../frameworks.js';

const packageFile = z.object({ version: z.string() });

/** The version of a framework that is installed, as its package says. */
export function frameworkVersion(framework: FrameworkId): string {
  const [folder] = Object.values(frameworks[framework].folders());
  return packageFile.parse(JSON.parse(readFileSync(join(dirname(folder!), 'package.json'), 'utf8'))).version;
}
