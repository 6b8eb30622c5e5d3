import { inferenceLoop } from '../inferenceLoop.js';
import { tell } from '../tell.js';
import { textDetector } from '../textDetector.js';

// ?after=N: how many inferences until it goes on by itself. ?host=: of which site the second page is; of this one by default.
const query = new URLSearchParams(location.search);
const after = Number(query.get('after') ?? Number.POSITIVE_INFINITY);
const host = query.get('host') ?? location.hostname;

/** Goes on to the second page, which gets the log behind the # of its address, since another site shares nothing else with this one. */
globalThis.leave = () => {
  location.assign(`//${host}:${location.port}/navigates/second.html#${encodeURIComponent(JSON.stringify(globalThis.log))}`);
};

inferenceLoop({
  ...textDetector,
  note(entry) {
    globalThis.log.push(entry);
    tell(entry);
    if (globalThis.log.filter(({ phase }) => phase !== 'load').length === after) setTimeout(globalThis.leave);
  },
});
