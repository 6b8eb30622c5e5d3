/** What is changed in a published script so that it runs as a module of a worker, which knows no import map and has no `importScripts`. */
export interface Links {
  /** By the name of a package that the script imports: the URL that takes its place. */
  readonly imports?: Readonly<Record<string, string>>;
  /** A variable of a script that is no module, to be seen by all. */
  readonly exposes?: string;
}

/**
 * Imports a published script as a module, with its imports led to what the harness serves. In recordings it keeps its own address.
 *
 * @throws Error where the script cannot be fetched, or fails
 */
export async function importLinked(url: string, { imports = {}, exposes }: Links): Promise<unknown> {
  const address = new URL(url, location.origin).href;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} cannot be fetched (${response.status}).`);
  let text = await response.text();
  for (const [name, target] of Object.entries(imports)) {
    text = text.replaceAll(`from "${name}"`, `from "${new URL(target, location.origin).href}"`);
  }
  const exposed = exposes === undefined ? '' : `\nglobalThis.${exposes} = ${exposes};`;
  const blob = new Blob([text, exposed, `\n//# sourceURL=${address}\n`], { type: 'text/javascript' });
  const temporary = URL.createObjectURL(blob);
  try {
    return await import(temporary);
  } finally {
    URL.revokeObjectURL(temporary);
  }
}
