const LENGTH = 60;

/** Part of a folder's name that says which page it is of: host and path, in characters that are safe everywhere. */
export function pageFolderName(url: string): string {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: 'page', pathname: '' };
  const name = `${host}${pathname}`
    .replace(/[^A-Za-z\d.-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '');
  return name.slice(0, LENGTH) || 'page';
}
