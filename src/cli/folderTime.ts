/** Local time as 2026-11-23T09-40-12: sorts, and is a file name everywhere. */
export function folderTime(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}
