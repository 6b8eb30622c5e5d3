import { describe } from 'vitest';
import { models } from '../../models/index.js';
import { testNativeAgainstWasm } from '../collectors/baseline/testNativeAgainstWasm.js';
import { isLarge } from '../models/isLarge.js';
import { testWriting } from '../models/testWriting.js';

const large = models.filter(isLarge);

describe('large models', () => {
  testWriting(large);
  testNativeAgainstWasm(large);
});
