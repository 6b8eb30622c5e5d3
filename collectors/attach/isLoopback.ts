/**
 * Whether a host is this machine itself: 127.0.0.0/8, ::1 (in brackets, as URLs have it) or localhost.
 * @param host as `URL.hostname` gives it, which has made 127.1 and 0x7f000001 plain already
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
