// What pages do all day, and no inference among it: it draws, sorts, hashes and has timers.
globalThis.log = [];
const context = document.querySelector('canvas').getContext('2d');

function draw(timeMs) {
  context.clearRect(0, 0, 300, 200);
  for (let i = 0; i < 40; i++) context.fillRect(150 + 100 * Math.sin(timeMs / 500 + i), 5 * i, 20, 4);
  requestAnimationFrame(draw);
}
requestAnimationFrame(draw);

setInterval(() => {
  const rows = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 20_011);
  rows.sort((a, b) => a - b);
}, 300);

setInterval(async () => {
  await crypto.subtle.digest('SHA-256', new Uint8Array(1 << 16));
}, 100);
