import { expect, test } from 'vitest';
import { featureState } from '../../../collectors/browser/ownFacts.js';

test.each([
  ['enabled', false, 'hardware'],
  ['enabled_on', false, 'hardware'],
  ['enabled', true, 'software'],
  ['unavailable_software', true, 'software'],
  ['disabled_software', false, 'software'],
  ['disabled_off', false, 'off'],
  ['unavailable_off', null, 'off'],
  [undefined, true, null],
] as const)('the GPU process says %s, with a renderer in software: %s; so it is %s', (status, software, state) => {
  expect(featureState(status, software)).toBe(state);
});
