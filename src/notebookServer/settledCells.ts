import type { Plugin } from 'vite';

const KIT = '/notebook-kit/dist/src/runtime/display.js';
/** The attribute of a cell's element: pending, fulfilled or rejected. */
export const STATE_ATTRIBUTE = 'data-state';

/**
 * A Vite plugin by which each cell's element says whether the cell is running, done or failed: for who waits for a page, and for
 * styles.
 */
export function settledCells(): Plugin {
  return {
    name: 'inferscope:settled-cells',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]!.replaceAll('\\', '/').endsWith(KIT)) return null;
      return { code: `${code.replace(/^export function observe\(/m, 'function observeCell(')}\n${OBSERVE}`, map: null };
    },
  };
}

const OBSERVE = `export function observe(state, definition) {
  const observer = observeCell(state, definition);
  const tell = (name) => {
    const own = observer[name];
    observer[name] = function (...values) {
      state.root.setAttribute("${STATE_ATTRIBUTE}", name);
      return own?.apply(this, values);
    };
  };
  state.root.setAttribute("${STATE_ATTRIBUTE}", "pending");
  for (const name of ["pending", "fulfilled", "rejected"]) tell(name);
  return observer;
}`;
