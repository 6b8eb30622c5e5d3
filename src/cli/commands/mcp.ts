import { Console } from 'node:console';
import { resolve } from 'node:path';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Recordings } from '../../mcp/recordings.js';
import { createServer, oneAtATime } from '../../mcp/server.js';
import { inertText } from '../../text/inertText.js';
import { TRACES_FOLDER } from '../bundleFolder.js';
import type { Command } from '../lazyCommand.js';
import { interruptible } from '../stopping.js';

interface McpArguments {
  folder: string | undefined;
}

export const mcpCommand: Command<McpArguments> = {
  builder: (yargs) =>
    yargs.positional('folder', {
      type: 'string',
      describe: `Folder of bundles: where new ones are put, and the newest is looked for; by default ${TRACES_FOLDER}/`,
    }),
  async handler({ folder }) {
    // Only the protocol stands on stdout.
    globalThis.console = new Console(process.stderr);
    const recordings = new Recordings(resolve(folder ?? TRACES_FOLDER));
    const stop = interruptible();
    const inTurn = oneAtATime();
    const server = serveStdio(() => createServer(recordings, stop.signal, inTurn), {
      onerror: ({ message }) => process.stderr.write(`trace: ${inertText(message, 1000)}\n`),
    });
    stop.signal.addEventListener('abort', () => {
      process.exitCode = stop.exitCode() ?? 0;
      server.close().catch(() => {});
    });
    process.stderr.write(
      `Inferscope answers agents on stdin and stdout, about recordings in ${inertText(recordings.folder, 400)}.\n`,
    );
  },
};
