/** What a call of a GPU API is for, as far as its frame in CPU samples tells. */
export type GpuFrame = 'encode' | 'compile' | 'transfer' | 'submit' | 'sync';

/** Names of the functions that the page's hook puts in the place of the API's. */
export const gpuFrameNames: Readonly<Record<GpuFrame, string>> = {
  encode: 'inferscopeGpuEncode',
  compile: 'inferscopeGpuCompile',
  transfer: 'inferscopeGpuTransfer',
  submit: 'inferscopeGpuSubmit',
  sync: 'inferscopeGpuSync',
};
