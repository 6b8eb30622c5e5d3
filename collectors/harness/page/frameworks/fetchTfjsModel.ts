import type * as Tfjs from '@tensorflow/tfjs';

/**
 * Fetches what a TF.js model consists of: its graph or layers, and its weights.
 * @param url where its model.json is
 * @param weights the names of its weights files in the order in which the harness serves them
 */
export function fetchTfjsModel(tf: typeof Tfjs, url: string, weights: readonly string[]): Promise<Tfjs.io.ModelArtifacts> {
  return tf.io.http(url, {
    weightUrlConverter: async (name) => `/external/${weights.indexOf(name)}`,
    ...(weights.length > CONNECTIONS && { fetchFunc: fetchWhole }),
  }).load!();
}

/** As many as browsers open to a server at once with HTTP/1.1. */
const CONNECTIONS = 6;

/**
 * Reads a response to its end. TF.js asks for all files at once, and reads none before it has the first bytes of each: with more files
 * than connections, the last wait for the first, and the first to be read.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/weights_loader.ts, `loadWeightsAsArrayBuffer`
 */
const fetchWhole: typeof fetch = async (...request) => {
  const response = await fetch(...request);
  const { status, headers } = response;
  return new Response(await response.arrayBuffer(), { status, headers });
};
