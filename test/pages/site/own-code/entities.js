// Makes objects of the model's outputs, and keeps some of them: garbage that takes time to collect.

const kept = Array(10_000);

export function toEntities(count) {
  for (let i = 0; i < count; i++) kept[i % kept.length] = { score: i / 7, at: i, until: i + 1, before: i - 1, next: i * 2 };
  return kept[0].score;
}
