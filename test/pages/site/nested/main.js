import { tell } from '../tell.js';

// The frame within the frame computes, in a process of its own, and tells this page.
globalThis.log = [];
addEventListener('message', ({ data }) => {
  if (!data?.phase) return;
  globalThis.log.push(data);
  tell(data);
});
const frame = document.createElement('iframe');
frame.src = `//localhost:${location.port}/nested/middle.html`;
document.body.append(frame);
