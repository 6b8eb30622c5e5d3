import type { QoeRoundLog } from '../../../src/bundle/qoeLog.js';

/** What the driver asks of the page that is used. */
export interface QoePage {
  /** Makes the video that the page shows, and posts it to `/video/0`. @returns null, or why it could not be made */
  makeVideo(): Promise<string | null>;
  /** Puts the list, what moves and the video on the page, at rest. */
  build(parts: PageParts): Promise<void>;
  /** Everything begins to move. @param measure name of the measure of the time until `end` */
  begin(measure: string): Promise<void>;
  end(): Promise<Seen>;
}

export interface PageParts {
  readonly hasVideo: boolean;
  /** False: only the compositor moves something, and no script uses the list. */
  readonly mainMoves: boolean;
}

export type Seen = Pick<QoeRoundLog, 'scriptedMs' | 'animationFrames' | 'video' | 'seconds'>;

declare global {
  interface Window {
    inferscopeQoe: QoePage;
  }
}

/** Where the parts of the list are, CSS pixels. Real input needs places. */
export const places = {
  /** Height of a row, and where the first one begins. */
  rowPx: 28,
  firstRowPx: 48,
  boxX: 20,
  removeX: 540,
} as const;

/** Rows of the list at the beginning. Operations keep it near that. */
export const FIRST_ROWS = 6;
