/** What yargs says of a wrong command line, in several lines at times, as one sentence with where to look. */
export function withHint(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  return `${line}${/[.?!]$/.test(line) ? '' : '.'} See "trace --help".`;
}
