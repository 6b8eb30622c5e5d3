import { expect, test } from 'vitest';
import { AttachError } from '../../collectors/attach/attachError.js';
import { exitCodes, explain } from '../../src/cli/explain.js';

test('a browser that is not there is a failure, an address that is none is wrong usage; neither is a fault of the tool', () => {
  expect(explain(new AttachError('no-browser', 'No Chrome.\nLooked.'))).toEqual({
    message: 'trace: No Chrome.\nLooked.',
    exitCode: exitCodes.failed,
  });
  for (const code of ['bad-endpoint', 'remote-refused', 'bad-pattern'] as const) {
    expect(explain(new AttachError(code, 'No.'))).toEqual({ message: 'trace: No.', exitCode: exitCodes.wrongUsage });
  }
});
