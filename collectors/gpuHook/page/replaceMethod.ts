// biome-ignore lint/suspicious/noExplicitAny: a method of any signature, which is passed on as it is
export type Method = (this: any, ...parameters: any[]) => any;

/** Called when one function has replaced another. */
export type Replaced = (standIn: Method, original: Method) => void;

const { defineProperty, getOwnPropertyDescriptor } = Reflect;

/**
 * Replaces a method so that pages see no difference.
 * @returns a function that restores the original, unless the page has replaced or frozen the method
 */
export function replaceMethod(
  prototype: object,
  name: string,
  make: (original: Method) => Method,
  replaced: Replaced = () => {},
): () => void {
  const descriptor = getOwnPropertyDescriptor(prototype, name);
  if (typeof descriptor?.value !== 'function') return () => {};
  const value = make(descriptor.value as Method);
  defineProperty(value, 'name', { value: name, configurable: true });
  defineProperty(value, 'length', { value: (descriptor.value as Method).length, configurable: true });
  defineProperty(prototype, name, { ...descriptor, value });
  replaced(value, descriptor.value as Method);
  return () => {
    if (getOwnPropertyDescriptor(prototype, name)?.value === value) defineProperty(prototype, name, descriptor);
  };
}
