import type { CauseChange, TimeChange } from './changes.js';

/** What the difference of the windows is made of, as far as it is clear. */
export interface Explained {
  /** Ids of the causes that are told from zero and go the way of the whole, largest first, until they carry most of it. */
  readonly causes: readonly string[];
  /** The part of the difference that they carry; may be above 1 where others go the other way. */
  readonly share: number;
  /** The difference that they do not carry. */
  readonly restMs: number;
  /** Whether they carry most of it. */
  readonly isMost: boolean;
}

/** So much of the difference is most of it. */
const MOST = 0.8;

/** Null where the windows do not differ by more than chance: then there is nothing to explain. */
export function explained(window: TimeChange | null, causes: readonly CauseChange[]): Explained | null {
  if (!window || !isApart(window)) return null;
  const whole = window.differenceMs;
  const carrying: CauseChange[] = [];
  let carriedMs = 0;
  for (const cause of causes) {
    if (carriedMs / whole >= MOST) break;
    if (!cause.isClear || cause.id === 'unattributed' || Math.sign(cause.differenceMs) !== Math.sign(whole)) continue;
    carrying.push(cause);
    carriedMs += cause.differenceMs;
  }
  const share = carriedMs / whole;
  return { causes: carrying.map(({ id }) => id), share, restMs: whole - carriedMs, isMost: share >= MOST };
}

const isApart = ({ differenceCi95Ms: [low, high] }: TimeChange): boolean => low > 0 || high < 0;
