// Uses a model in a loop. What it does around each run stands in its address, so that the same page without it is its twin:
// ?tokenizer, ?codec, ?session, ?rank= with milliseconds, and ?entities= with their number.

import { tell } from '../tell.js';
import { codec } from './codec.js';
import { toEntities } from './entities.js';
import { model } from './model.js';
import { rankAll } from './rank.js';
import { tokenizer } from './tokenizer.js';

const BEAT_MS = 120;
const wanted = new URLSearchParams(location.search);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const [net, { tokenize }, { decode }] = await Promise.all([model(), tokenizer(), codec()]);

function noted(phase, action) {
  const startMs = performance.timeOrigin + performance.now();
  action();
  tell({ phase, startMs, endMs: performance.timeOrigin + performance.now() });
}

function use() {
  if (wanted.has('tokenizer')) noted('tokenize', tokenize);
  if (wanted.has('session')) noted('create', net.create);
  noted('run', net.run);
  if (wanted.has('session')) net.release();
  if (wanted.has('entities')) noted('entities', () => toEntities(Number(wanted.get('entities'))));
  if (wanted.has('rank')) noted('rank', () => rankAll(Number(wanted.get('rank'))));
}

if (!wanted.has('session')) net.create();
for (;;) {
  await sleep(BEAT_MS / 2);
  if (wanted.has('codec')) noted('decode', decode);
  await sleep(BEAT_MS / 2);
  noted('use', use);
}
