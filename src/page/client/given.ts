import type { GivenFile } from '../protocol.js';

/** A bundle has some tens of files, and a study some thousands: this may be a whole disk. */
const MOST_FILES = 20_000;

/** What was dropped, folders with all that is below them. To be called before the drop's event ends, which takes its items with it. */
export async function droppedFiles(items: DataTransferItemList): Promise<GivenFile[]> {
  const opened = [...items].filter(({ kind }) => kind === 'file').map(openItem);
  const files: GivenFile[] = [];
  for (const each of opened) {
    for await (const file of await each) {
      if (files.length === MOST_FILES) throw new Error(`There are more than ${MOST_FILES} files in it. Give a single bundle.`);
      files.push(file);
    }
  }
  return files;
}

/** What was chosen in a dialog. */
export const chosenFiles = (files: FileList): GivenFile[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

type Given = AsyncIterable<GivenFile> | Iterable<GivenFile>;

/** Chromium reads folders on a page from disk by handles only; other browsers have no handles. */
async function openItem(item: DataTransferItem): Promise<Given> {
  const file = item.getAsFile();
  const entry = item.webkitGetAsEntry();
  if (!entry?.isDirectory) return file ? [{ path: file.name, file }] : [];
  if ('getAsFileSystemHandle' in item) {
    const handle = await (item as HandleItem).getAsFileSystemHandle().catch(() => null);
    if (handle?.kind === 'directory') return belowHandle(handle as FileSystemDirectoryHandle, handle.name);
  }
  return belowEntry(entry as FileSystemDirectoryEntry);
}

/** https://wicg.github.io/file-system-access/#drag-and-drop */
interface HandleItem extends DataTransferItem {
  getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
}

async function* belowHandle(folder: FileSystemDirectoryHandle, path: string): AsyncGenerator<GivenFile> {
  for await (const handle of folder.values()) {
    const own = `${path}/${handle.name}`;
    if (handle.kind === 'directory') yield* belowHandle(handle, own);
    else yield { path: own, file: await handle.getFile() };
  }
}

async function* belowEntry(folder: FileSystemDirectoryEntry): AsyncGenerator<GivenFile> {
  const reader = folder.createReader();
  for (;;) {
    // It gives a hundred at once or so, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.isDirectory) yield* belowEntry(entry as FileSystemDirectoryEntry);
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        yield { path: entry.fullPath.replace(/^\//, ''), file };
      }
    }
  }
}
