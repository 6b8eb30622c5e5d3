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

/** Asked to, it also paints at every frame until it is told to end. */
let canvas: HTMLCanvasElement | null = null;
let paints = false;

function paint(): void {
  if (!paints) return;
  canvas ??= document.body.appendChild(Object.assign(document.createElement('canvas'), { width: 512, height: 512 }));
  const context = canvas.getContext('2d')!;
  for (let i = 0; i < 100; i++) {
    context.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
    context.fillRect(Math.random() * 512, Math.random() * 512, 64, 64);
  }
  canvas.style.transform = `rotate(${Math.random() * 90}deg)`;
  requestAnimationFrame(paint);
}

self.addEventListener('message', ({ data }: MessageEvent<{ readonly paints?: boolean }>) => {
  if (data?.paints === undefined) return;
  paints = data.paints;
  paint();
});
