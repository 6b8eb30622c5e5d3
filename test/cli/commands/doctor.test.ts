import { expect, test } from 'vitest';
import { quietFinding } from '../../../src/cli/commands/doctor.js';

test.each([
  [0.1, true, 'Quiet: 0.1 of 4 cores are busy now.'],
  [1.5, false, 'Quiet: 1.5 of 4 cores are busy now, with other programs. Times would be longer than they are otherwise.'],
  [null, false, 'Quiet: unknown; this system does not tell how busy it is.'],
])('%s busy cores', (busyCores, ok, text) => {
  expect(quietFinding({ busyCores, cores: 4 })).toEqual({ id: 'quiet', ok, text });
});
