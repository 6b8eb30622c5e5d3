import { models } from '../../../models/index.js';
import { isLarge } from '../../models/isLarge.js';
import { testNativeAgainstWasm } from './testNativeAgainstWasm.js';

testNativeAgainstWasm(models.filter((model) => !isLarge(model)));
