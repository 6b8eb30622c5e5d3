import yargs, { type Argv } from 'yargs';

/** A parser of our commands: what every command line is read by. */
export const parser = (words: readonly string[]): Argv =>
  yargs(words)
    // All that is said is in one language.
    .detectLocale(false)
    // Otherwise "--no-model" and "--model.x" would give an option of text something that is none, and "--maxSize" would be "--max-size".
    .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false, 'camel-case-expansion': false });
