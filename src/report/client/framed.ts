/** A report in the frame of the page that made it (`trace page`), which is sandboxed: what it cannot do there itself. */
export function framed(page: Document, window: Window, follow: (hash: string) => void): void {
  if (window.parent === window) return;
  // A browser does not let a sandboxed document follow links to its own parts.
  page.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (!link) return;
    event.preventDefault();
    follow(link.hash);
  });
  // What is dragged over the report is for the page around it, which then covers the report.
  for (const type of ['dragenter', 'dragover', 'drop']) page.addEventListener(type, (event) => event.preventDefault());
  page.addEventListener('dragenter', () => window.parent.postMessage('dragging', '*'));
}
