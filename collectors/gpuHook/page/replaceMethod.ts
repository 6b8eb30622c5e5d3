// biome-ignore lint/suspicious/noExplicitAny: a method of any signature, which is passed on as it is
export type Method = (this: any, ...parameters: any[]) => any;

/** Puts a method in the place of another, so that pages see no difference. @returns what puts the original back */
export function replaceMethod(prototype: object, name: string, make: (original: Method) => Method): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (typeof descriptor?.value !== 'function') return () => {};
  const value = make(descriptor.value as Method);
  Object.defineProperty(value, 'name', { value: name, configurable: true });
  Object.defineProperty(value, 'length', { value: (descriptor.value as Method).length, configurable: true });
  Object.defineProperty(prototype, name, { ...descriptor, value });
  return () => void Object.defineProperty(prototype, name, descriptor);
}
