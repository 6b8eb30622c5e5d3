/** There are no times per operator to be had here, which is no failure. */
export class KernelsUnavailable extends Error {
  override readonly name = 'KernelsUnavailable';
}
