import { describe } from 'vitest';
import { models } from '../../models/index.js';
import { testNativeAgainstWasm } from '../collectors/baseline/testNativeAgainstWasm.js';
import { isLarge } from './isLarge.js';
import { testWriting } from './testWriting.js';

const large = models.filter(isLarge);

describe('large models', { tags: ['slow'] }, () => {
  testWriting(large);
  testNativeAgainstWasm(large);
});
