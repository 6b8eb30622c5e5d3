/** The class behind chrome-remote-interface. Its public function cannot cancel a connection that is still being made. */
declare module 'chrome-remote-interface/lib/chrome.js' {
  import type { EventEmitter } from 'node:events';

  export default class Chrome extends EventEmitter {
    constructor(options: { target: string; protocol: { domains: readonly [] } }, notifier: EventEmitter);
    send(method: string, params: object, sessionId?: string): Promise<unknown>;
    close(): Promise<void>;
  }
}
