// Tells the server of a page how long something took, as apps do that watch themselves. Taken before another script could change it.
const send = globalThis.navigator.sendBeacon?.bind(navigator);

export const tell = ({ phase, startMs, endMs }) => send('/log', `${phase} ${startMs} ${endMs}`);
