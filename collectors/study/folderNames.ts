/** Long enough to tell models apart, short enough for the paths of every system. */
const LIMIT = 60;

/** A name for each model that can be part of a folder's name: those that would be the same, also where case does not count, get a number. */
export function folderNames(models: readonly { readonly model: string; readonly name: string }[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { model, name } of models) {
    const stem = name.replace(/[^\w-]+/g, '_').slice(0, LIMIT) || 'model';
    let free = stem;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${stem}-${number}`;
    taken.add(free.toLowerCase());
    names.set(model, free);
  }
  return names;
}
