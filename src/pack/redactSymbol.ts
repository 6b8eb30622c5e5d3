import { isWasmAdapter } from '../../analyzers/activity/wasmFunctions.js';
import { roleByName } from '../../analyzers/windows/callRoles.js';
import type { Pseudonyms } from './pseudonyms.js';
import { isOperator, isSymbol } from './vocabulary/frameworks.js';

/** Whether a name says nothing of whoever made the module: V8's, a runtime's, one word of any API, or shortened to two letters. */
export const isPlainSymbol = (name: string): boolean =>
  /^wasm-function\[\d{1,9}\]$/.test(name) ||
  isSymbol(name) ||
  isOperator(name) ||
  bytesOf(name) <= 2 ||
  (/^[A-Z]?[a-z]+$/.test(name) && roleByName(name) !== null);

/**
 * A pseudonym of a Wasm function, an import or an export with as many bytes as the name has, since a trace knows functions by their
 * place in the module. It keeps what finders tell by the name: what calls are for, that they leave Wasm midway, that it is an adapter.
 */
export function redactSymbol(name: string, names: Pseudonyms): string {
  const known = names.all('symbol').get(name);
  if (known !== undefined) return known;
  const made = isWasmAdapter(name) ? adapterOf(name, names) : symbolOf(name, names);
  names.put('symbol', name, made);
  return made;
}

/** No module holds it, so it may have any length. */
const adapterOf = (name: string, names: Pseudonyms): string =>
  name.includes(':') ? `${name.split(':')[0]}:${names.all('symbol').size + 1}` : name;

/** The shortest word by which callRoles.ts knows what a call is for. */
const ROLE_WORDS = { create: 'new', run: 'run', release: 'free' } as const;

/** Digits first, as a word may end before one. Without vowels no other word comes about. */
const CODE_LETTERS = '0123456789bcdfghjklmnpqrstvwxz';
const MOST_TRIES = 100_000;

function symbolOf(name: string, names: Pseudonyms): string {
  const bytes = bytesOf(name);
  const role = roleByName(name);
  const word = name.startsWith('asyncify_') ? 'asyncify' : role === null ? null : ROLE_WORDS[role];
  const stem = (word === null ? 'f' : bytes > word.length + 1 ? `${word}_` : word).slice(0, bytes);
  const room = bytes - stem.length;
  // A letter right behind a word would make it another one.
  const many = stem === word ? Math.min(10 ** room, 10) : Math.min(CODE_LETTERS.length ** room, MOST_TRIES);
  const from = names.all('symbol').size;
  for (let i = 0; i < many; i++) {
    const made = stem + codeOf((from + i) % many, room);
    if (!names.isTaken('symbol', made)) return made;
  }
  // More names of so few letters than there are pseudonyms: two share one.
  return stem + codeOf(from % many, room);
}

function codeOf(n: number, letters: number): string {
  let code = '';
  for (let left = n; left > 0 || code === ''; left = Math.floor(left / CODE_LETTERS.length)) {
    code = CODE_LETTERS[left % CODE_LETTERS.length]! + code;
  }
  return letters === 0 ? '' : code.padEnd(letters, '_');
}

const bytesOf = (name: string): number => new TextEncoder().encode(name).length;
