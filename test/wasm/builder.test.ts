import { expect, test } from 'vitest';
import { moduleOf, op } from './builder.js';

test('the engine accepts what the builder makes, so the other tests decode real modules', () => {
  // Node 20 has no relaxed SIMD yet.
  const { relaxed: _, loop, onceLoop, block, br, brIf, call, ...plain } = op;
  const statements = [...Object.values(plain).map((make) => make()), block(br(0)), loop(brIf(0)), onceLoop(), call(0)];
  for (const statement of statements) {
    const bytes = moduleOf({ imports: ['log'], functions: [statement, loop(statement)], exports: { run: 1 } });
    expect({ statement, valid: WebAssembly.validate(bytes.slice()) }).toEqual({ statement, valid: true });
  }
});
