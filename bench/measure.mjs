import { variants } from './variants.mjs';

// node bench/measure.mjs VARIANT FILE: runs one variant once and prints what it took as JSON.
const [name, file] = process.argv.slice(2);
const run = await variants.find((variant) => variant.name === name).prepare(file);
const startMs = performance.now();
const events = await run();
const seconds = (performance.now() - startMs) / 1000;
console.log(JSON.stringify({ events, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
