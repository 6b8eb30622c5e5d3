import type { Reporter, TestCase } from 'vitest/node';

/** Lists, at the end of a run, the tests that passed only at their second try, and what the first one said: each is a fault to be found. */
export default class FlakyTests implements Reporter {
  readonly #flaky: TestCase[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#flaky.push(test);
  }

  onTestRunEnd(): void {
    if (this.#flaky.length === 0) return;
    console.log(`\n Passed at the second try only, ${this.#flaky.length}:`);
    for (const test of this.#flaky) {
      const said = test.result()?.errors?.map(({ message }) => `\n     ${message.split('\n', 1)[0]}`) ?? [];
      console.log(`   ${test.module.relativeModuleId} > ${test.fullName}${said.join('')}`);
    }
  }
}
