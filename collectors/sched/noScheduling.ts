/** What is said where the kernel's scheduling figures cannot be had. */
export const NO_SCHEDULING =
  'This system does not tell how long each thread waited for a core; thread times of the trace stand in for it.';
