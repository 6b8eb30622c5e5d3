// Tells the server of a page how long something took, as apps do that watch themselves. Taken before another script could change it.
const send = globalThis.navigator.sendBeacon?.bind(navigator);
const later = globalThis.setTimeout.bind(globalThis);

// In a task of its own: to send takes as long as a small model's inference, and is no part of it.
export const tell = ({ phase, startMs, endMs }) => later(() => send('/log', `${phase} ${startMs} ${endMs}`), 0);
