import { join } from 'node:path';
import { packageRoot } from '../../src/packageRoot.js';
import type { BaselineInput } from '../baseline/protocol.js';
import { frameworkFolders } from '../frameworkPackages.js';
import type { FrameworkId } from '../frameworks.js';

/** A model, what it is fed with, and the framework that runs it in a page. */
export interface PageSubject {
  readonly framework: FrameworkId;
  readonly model: {
    readonly path: string;
    readonly externalData: readonly { readonly location: string; readonly path: string }[];
  };
  readonly inputs: readonly BaselineInput[];
  /** Folders with another build of the framework than the one that is installed, by the name in their URL; absent: that one. */
  readonly frameworkFolders?: Readonly<Record<string, string>>;
}

/** What the harness serves of it, as a part of `HarnessContent`. */
export const contentOf = ({ framework, model, inputs, frameworkFolders: build }: PageSubject) => ({
  modelPath: model.path,
  externalData: model.externalData,
  inputs: inputs.map(({ bytes }) => bytes),
  frameworkFolders: build ?? frameworkFolders(framework),
  scriptFolder: join(packageRoot(), 'dist/browser'),
});

/** What the page is told of it, as a part of `Workload`. */
export const toldOf = ({ framework, model, inputs }: PageSubject) => ({
  framework,
  inputs: inputs.map(({ spec }) => spec),
  externalData: model.externalData.map(({ location }) => location),
});
