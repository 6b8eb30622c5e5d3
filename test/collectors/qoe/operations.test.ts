import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { operate } from '../../../collectors/qoe/operations.js';
import { random } from '../../../src/stats/random.js';

interface Sent {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Uses a page that takes every event after so long. */
async function used(seed: number, forMs: number, takesMs: number) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const sent: Sent[] = [];
  const send = async (method: string, params: Sent['params'] = {}): Promise<unknown> => {
    sent.push({ method, params });
    return new Promise((resolve) => setTimeout(resolve, takesMs));
  };
  const page = { send, on() {} } as unknown as ProtocolSession;
  const using = operate(page, forMs, random(seed));
  await vi.advanceTimersByTimeAsync(forMs + 10_000);
  return { kinds: await using, sent };
}

describe('a page is used', () => {
  afterEach(() => void vi.useRealTimers());

  test('by real input: a thing is added by a key, ticked off and removed by clicks, one after the other', async () => {
    const { kinds, sent } = await used(1, 2000, 0);
    expect(kinds.slice(0, 4)).toEqual(['add', 'toggle', 'remove', 'add']);
    const types = sent.map(({ params }) => params.type ?? params.text);
    expect(types.slice(0, 7)).toEqual([
      'thing 0',
      'keyDown',
      'keyUp',
      'mousePressed',
      'mouseReleased',
      'mousePressed',
      'mouseReleased',
    ]);
  });

  test('in the same way of the same seed, and in another way of another', async () => {
    const places = ({ sent }: { sent: Sent[] }): unknown[] => sent.flatMap(({ params }) => params.y ?? []);
    const [one, same, other] = [await used(1, 5000, 0), await used(1, 5000, 0), await used(2, 5000, 0)];
    expect(places(one)).toEqual(places(same));
    expect(places(one)).not.toEqual(places(other));
  });

  test('less often where it is slow to take what is sent', async () => {
    const [fast, slow] = [await used(1, 5000, 0), await used(1, 5000, 200)];
    expect(fast.kinds.length).toBeGreaterThan(15);
    expect(slow.kinds.length).toBeLessThan(fast.kinds.length / 1.5);
  });
});
