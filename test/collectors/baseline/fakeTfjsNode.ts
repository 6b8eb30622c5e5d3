import { createRequire } from 'node:module';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { installed } from '../../setup/fakePackage.js';

const TFJS = createRequire(import.meta.url).resolve('@tensorflow/tfjs');

/**
 * Stands in for tfjs-node, which cannot be installed everywhere: TF.js with its kernels in JavaScript under the name of tfjs-node's
 * backend, and a handler of files. Its interface is the same, for tfjs-node exports all of TF.js.
 */
export const STAND_IN = `
  const { readFileSync } = require('node:fs');
  const { dirname, join } = require('node:path');
  const tf = require(${JSON.stringify(TFJS)});
  tf.registerBackend('tensorflow', tf.findBackendFactory('cpu'));
  tf.copyRegisteredKernels('cpu', 'tensorflow');
  tf.setBackend('tensorflow');
  const fileSystem = (path) => ({
    async load() {
      return tf.io.getModelArtifactsForJSON(JSON.parse(readFileSync(path, 'utf8')), async (manifest) => {
        const files = manifest.flatMap(({ paths }) => paths).map((name) => readFileSync(join(dirname(path), name)));
        return [tf.io.getWeightSpecs(manifest), new Uint8Array(Buffer.concat(files)).buffer];
      });
    },
  });
  module.exports = { ...tf, io: { ...tf.io, fileSystem }, version: { ...tf.version, 'tfjs-node': '4.22.0' } };
`;

/** A project's folder in which a package of the name of tfjs-node is installed. @param script the package's, in place of the stand-in */
export async function projectWithTfjsNode(script = STAND_IN): Promise<string> {
  const project = await temporaryFolder();
  await installed(project, '@tensorflow/tfjs-node', { version: '4.22.0', main: 'main.js' }, { 'main.js': script });
  return project;
}
