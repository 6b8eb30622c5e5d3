/** The name of the file at a URL or path, which tells more than the start of its address. Untrusted text stays so. */
export function lastPart(url: string): string {
  return url.split(/[?#]/)[0]!.split('/').at(-1) || url;
}
