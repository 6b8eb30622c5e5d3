/**
 * The fields of the event that is being read. There is one such object for a whole trace, filled anew for every event; texts that
 * only some phases need (ids, args) stay in the buffer and are known by where they start, -1 if the event has none.
 */
export class TraceEvent {
  /** The one letter of `ph`; 0 if it is missing or no single letter. */
  phase = 0;
  /** Codes of strings; 0, the empty string, if missing. */
  name = 0;
  category = 0;
  /** As `Identifiers` numbers them; 0 if missing. */
  pid = 0;
  tid = 0;
  /** NaN if missing or no number, as the other times: µs. */
  ts = Number.NaN;
  dur = Number.NaN;
  tdur = Number.NaN;
  tts = Number.NaN;
  /** Where the values of these keys start. */
  args = -1;
  id = -1;
  id2 = -1;
  scope = -1;

  clear(): void {
    this.phase = 0;
    this.name = 0;
    this.category = 0;
    this.pid = 0;
    this.tid = 0;
    this.ts = Number.NaN;
    this.dur = Number.NaN;
    this.tdur = Number.NaN;
    this.tts = Number.NaN;
    this.args = -1;
    this.id = -1;
    this.id2 = -1;
    this.scope = -1;
  }
}
