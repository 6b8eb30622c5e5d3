// What the page makes of the model's outputs, one query after the other.

export function rankAll(ms) {
  const end = performance.now() + ms;
  const scores = Array.from({ length: 64 }, (_, i) => (i * 37) % 64);
  let best = 0;
  while (performance.now() < end) best = rank(scores);
  return best;
}

/** Too long for V8 to inline it, so that its samples bear its name. */
function rank(scores) {
  let best = 0;
  for (let i = 0; i < 500; i++) {
    const score = scores[i % 64];
    const near = scores[(i + 1) % 64];
    const far = scores[(i + 32) % 64];
    const title = Math.sqrt(score * 3 + near * 2 + far + 1);
    const body = Math.sqrt(score + near * 5 + far * 2 + 1);
    const link = Math.sqrt(score * 2 + near + far * 7 + 1);
    const recent = title > body ? title - body : body - title;
    const known = body > link ? body - link : link - body;
    const close = Math.min(title, Math.max(body, link)) + (recent > known ? recent : known);
    const weight = (title * 0.5 + body * 0.3 + link * 0.2) / (1 + recent + known + close);
    const decayed = weight * (1 - (i % 7) / 100) + close * ((i % 5) / 1000);
    const bounded = decayed > 64 ? decayed % 64 : decayed < 0 ? -decayed : decayed;
    if (bounded > best) best = bounded;
    scores[i % 64] = bounded + (best - bounded) / (2 + (i % 11)) + (title - link) / (3 + (i % 13));
  }
  return best;
}
