/** Path of a browser's own WebSocket. Chrome on Android has no id in it. */
export const BROWSER_PATH = /^\/devtools\/browser(\/[\w-]+)?$/;
