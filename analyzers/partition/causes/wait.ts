import { plural } from '../../../src/view/format.js';
import { family, type Seen } from './cause.js';

/** Time in which the run has nothing to do until something else happens, or sleeps inside a call until then. */
export const wait = family('wait', {
  timer: {
    title: 'Waiting for a timer',
    meaning: 'The thread had nothing to do until a timer fired, a scheduled task was due or the next frame began.',
    fill: '#8d99ae',
    endsWait: ['TimerFire', 'FireAnimationFrame', 'FireIdleCallback', 'RunPostTaskCallback'],
    evidence: endedBy('a timer, a scheduled task or a frame'),
    advice: { fromShare: 0.1, title: 'Take the timer or frame out of the inference', who: 'you' },
  },
  network: {
    title: 'Waiting for the network',
    meaning: 'The thread had nothing to do until a response of the network arrived.',
    fill: '#6c7a92',
    endsWait: [
      'ResourceReceiveResponse',
      'ResourceReceivedData',
      'ResourceFinish',
      'XHRReadyStateChange',
      'XHRLoad',
      'WebSocketReceive',
    ],
    evidence: endedBy('a response of the network'),
    advice: { fromShare: 0.1, title: 'Fetch what the inference needs before it begins', who: 'you' },
  },
  message: {
    title: 'Waiting for a message',
    meaning:
      'The thread had nothing to do until a message of another thread or an answer of another process arrived, of which no sample shows what it did.',
    fill: '#b8c0cc',
    endsWait: ['HandlePostMessage'],
    // Of another process, such as a database's.
    elseEndsWait: ['Receive mojo reply'],
    evidence: endedBy('a message or an answer'),
  },
  /** Off the CPU inside a call. Calls that only wait are known by name; of others splitWindow.ts tells it from run-queue wait. */
  blocked: {
    title: 'Blocked in a call',
    meaning:
      'The thread slept inside a call that JavaScript made, such as a synchronous request, Atomics.wait or the file of a synchronous handle.',
    fill: '#4a5568',
    // Atomics.wait.
    frames: { builtins: ['wait'] },
    evidence: ({ own, windows, longestMs }) =>
      windows > 0
        ? `${own === null ? '' : `${own}; `}off the CPU without run-queue wait, while samples show JavaScript in a call, in ${plural(windows, 'window')}; ${longestMs.toFixed(1)} ms in one at the most`
        : null,
    advice: {
      fromShare: 0.1,
      title: 'Take the call that blocks out of the inference, or use its asynchronous form',
      who: 'you',
    },
  },
});

function endedBy(what: string): (seen: Seen) => string | null {
  return ({ stretches }) => (stretches > 0 ? `${plural(stretches, 'wait')} without a task, ended by ${what}` : null);
}
