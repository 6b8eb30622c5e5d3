/** A session of the browser's debugging protocol with one target. What comes back is data from outside: whoever reads it checks it. */
export interface ProtocolSession {
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, listener: (params: unknown) => void): unknown;
}
