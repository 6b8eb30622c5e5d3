import { dirname } from 'node:path';
import { frameworkLack, frameworkPackages } from '../../collectors/frameworkPackages.js';
import { type Framework, type FrameworkId, frameworkIds, frameworks } from '../../collectors/frameworks.js';
import { findPackage, type InstalledPackage, installCommand } from '../findPackage.js';

/** What is found of the frameworks: each with its packages, their versions, and where they are. */
export function frameworkFindings(): { readonly id: string; readonly ok: boolean; readonly text: string }[] {
  return frameworkIds.map((id) => ({ id: `framework-${id}`, ...found(id) }));
}

function found(id: FrameworkId): { ok: boolean; text: string } {
  const { title, backends, packages }: Framework = frameworks[id];
  const installed = frameworkPackages(id);
  if (installed.length === 0) {
    const command = installCommand(packages.map(({ name }) => name));
    return { ok: false, text: `${title}: not installed. To run models in it: ${command}` };
  }
  const lacks = backends.flatMap((backend) => {
    const lack = frameworkLack(id, [backend]);
    return lack ? [`not on ${backend}, as ${lack.problem.replace(/\.$/, '')} (${installCommand(lack.install)})`] : [];
  });
  const versions = installed.map(({ name, version }) => `${name} ${version}`).join(', ');
  return { ok: lacks.length === 0, text: [`${title}: ${versions}, in ${around(installed[0]!)}`, ...lacks].join('; ') };
}

/** Of a package that is installed, where: ", in <folder>". */
export function inFolder(name: string): string {
  const installed = findPackage(name);
  return installed ? `, in ${around(installed)}` : '';
}

/** The folder node_modules around a package. */
const around = ({ name, folder }: InstalledPackage): string =>
  name.startsWith('@') ? dirname(dirname(folder)) : dirname(folder);
