import { gpuFrameNames } from '../../bundle/gpuNames.js';
import { vocabulary, words } from '../shape.js';

/** Names of V8's own call frames, of builtins of JavaScript and of functions of the web's APIs, as a profile shows them. */
export const isApi = vocabulary([
  ...Object.values(gpuFrameNames),
  ...'(root)|(program)|(idle)|(garbage collector)|(anonymous)|(unknown)|get buffer|get byteLength|get byteOffset|get exports'.split(
    '|',
  ),
  ...words(`
  set slice subarray copyWithin fill structuredClone grow wait notify add load store exchange compareExchange waitAsync
  push pop shift unshift splice concat join map filter reduce reduceRight forEach find findIndex findLast indexOf lastIndexOf includes
  some every sort reverse flat flatMap at keys values entries from of with toSorted toReversed toSpliced get has delete clear apply
  call bind toString valueOf toFixed toJSON parse stringify assign freeze create defineProperty defineProperties
  getOwnPropertyNames getOwnPropertyDescriptor getPrototypeOf setPrototypeOf hasOwnProperty isArray isInteger now then catch finally
  resolve reject all allSettled race any next return throw test exec match matchAll replace replaceAll split substring substr
  trim trimStart trimEnd padStart padEnd startsWith endsWith charAt charCodeAt codePointAt fromCharCode fromCodePoint
  toLowerCase toUpperCase localeCompare normalize repeat abs min max floor ceil round sqrt pow exp log sin cos tan imul random
  trunc sign hypot fround clz# decodeURIComponent encodeURIComponent decodeURI encodeURI parseInt parseFloat isNaN isFinite
  Function eval Array Object Map Set WeakMap WeakSet Promise Proxy Error RegExp Date String Number BigInt Symbol
  ArrayBuffer SharedArrayBuffer DataView Int#Array Uint#Array Uint#ClampedArray Float#Array BigInt#Array BigUint#Array
  Module Instance Memory Table Global compile instantiate instantiateStreaming compileStreaming validate
  fetch postMessage importScripts setTimeout clearTimeout setInterval clearInterval queueMicrotask requestAnimationFrame
  cancelAnimationFrame requestIdleCallback addEventListener removeEventListener dispatchEvent createElement appendChild
  removeChild querySelector querySelectorAll getElementById getAttribute setAttribute getBoundingClientRect getComputedStyle
  getContext drawImage getImageData putImageData createImageData createImageBitmap toBlob toDataURL transferToImageBitmap
  encode encodeInto decode digest getRandomValues arrayBuffer blob json text getReader read cancel releaseLock pipeTo pipeThrough
  enqueue open close send transaction objectStore put getAll mark measure clearMarks clearMeasures getEntries getEntriesByName
  getEntriesByType timeStamp time timeEnd warn info debug error trace terminate sendBeacon
  requestAdapter requestDevice createBuffer createTexture createShaderModule createComputePipeline createComputePipelineAsync
  createRenderPipeline createRenderPipelineAsync createBindGroup createBindGroupLayout createPipelineLayout createCommandEncoder
  createQuerySet createSampler createView beginComputePass beginRenderPass setPipeline setBindGroup setVertexBuffer setIndexBuffer
  dispatchWorkgroups dispatchWorkgroupsIndirect draw drawIndexed drawIndirect drawIndexedIndirect end finish submit writeBuffer
  writeTexture copyBufferToBuffer copyBufferToTexture copyTextureToBuffer copyTextureToTexture copyExternalImageToTexture
  onSubmittedWorkDone mapAsync getMappedRange unmap destroy pushErrorScope popErrorScope importExternalTexture
  bindBuffer bufferData bufferSubData bindTexture texImage#D texSubImage#D texParameteri activeTexture bindFramebuffer
  framebufferTexture#D checkFramebufferStatus useProgram uniform#f uniform#i uniform#fv uniform#iv uniformMatrix#fv
  vertexAttribPointer enableVertexAttribArray drawArrays drawElements readPixels flush fenceSync clientWaitSync getSyncParameter
  deleteSync getError getParameter getExtension createProgram createShader shaderSource compileShader attachShader linkProgram
  getProgramParameter getShaderParameter getProgramInfoLog getShaderInfoLog getUniformLocation getAttribLocation viewport scissor
  clearColor colorMask blendFunc enable disable deleteTexture deleteBuffer deleteFramebuffer deleteProgram deleteShader
  createFramebuffer createVertexArray bindVertexArray getBufferSubData beginQuery endQuery getQueryParameter
  js-to-wasm wasm-to-js wasm-to-capi c-wasm-entry`),
]);

/** Calls of GPU APIs, as the hook names them. */
export const isApiCall = vocabulary(
  words(`
  createShaderModule createComputePipeline createComputePipelineAsync createRenderPipeline createRenderPipelineAsync compileShader
  linkProgram queue.submit flush fenceSync queue.writeBuffer queue.writeTexture unmap texImage#D texSubImage#D
  compressedTexImage#D bufferData bufferSubData readPixels getBufferSubData mapAsync(READ) mapAsync(WRITE)
  queue.onSubmittedWorkDone getError finish checkFramebufferStatus getShaderParameter getProgramParameter getShaderInfoLog
  getProgramInfoLog getUniformLocation getAttribLocation getActiveUniform getActiveAttrib getUniform clientWaitSync
  getSyncParameter createBuffer destroyBuffer createTexture destroyTexture drawArrays drawElements drawArraysInstanced
  drawElementsInstanced drawRangeElements dispatchWorkgroups dispatchWorkgroupsIndirect`),
);
