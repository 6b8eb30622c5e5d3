import { sha256 } from '@noble/hashes/sha2.js';

/**
 * A script in the form that can be inlined. Nothing in it ends the element, and its line ends are normalized as a parser does, so
 * that the hash matches what runs. The replacements keep the meaning inside strings and regular expressions.
 */
export function inlineScript(script: string): string {
  return script
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(?=script)/gi, '<\\/')
    .replace(/<!--/g, '\\x3c!--');
}

/** Source expression that lets a content security policy allow this very text. Not by Web Crypto, which pages have over HTTPS only. */
export function sourceOfText(text: string): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))))}'`;
}
