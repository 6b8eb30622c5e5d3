/** Whether the plant is in an iteration: in odd blocks of them, or in every so many. */
export function isPlanted(
  { block = 1, every }: { readonly block?: number; readonly every?: number },
  iteration: number,
): boolean {
  return every === undefined ? Math.floor(iteration / block) % 2 === 1 : iteration % every === every - 1;
}
