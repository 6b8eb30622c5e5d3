/** A script of the page that is no part of the run: asked to, it sets a timer whose callback is busy for a while, and says for how long. */
self.addEventListener('message', ({ data, ports }: MessageEvent<{ readonly busyMs?: number }>) => {
  const { busyMs } = data;
  if (busyMs === undefined) return;
  setTimeout(() => {
    const start = performance.now();
    while (performance.now() < start + busyMs);
    ports[0]!.postMessage(performance.now() - start);
  });
});
