/** tfjs-node cannot run on this machine: it is not installed or does not load. An expected lack: it is an optional dependency. */
export class TfjsNodeUnavailable extends Error {
  override readonly name = 'TfjsNodeUnavailable';

  /** @param reason what loading it reported, whose first line is said; null: it is not installed */
  constructor(reason: string | null) {
    super(
      reason === null
        ? 'No native TF.js: @tensorflow/tfjs-node is not installed. Run "npm install @tensorflow/tfjs-node" to have it.'
        : `No native TF.js: @tensorflow/tfjs-node is installed but does not load (${firstLine(reason)}). Run "npm rebuild @tensorflow/tfjs-node" to mend it.`,
    );
  }
}

const firstLine = (text: string): string => text.trim().split('\n')[0]!.trim();
