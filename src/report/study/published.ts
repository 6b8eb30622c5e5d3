/**
 * What the study that this follows reports, to stand beside a table of the same question; its machines were others, and its method
 * differed where a sentence says so. Wang et al., Anatomizing Deep Learning Inference in Web Browsers, doi 10.1145/3688843, and its
 * public measuring code.
 */
export const published = {
  gap: 'Published (Wang et al., 50 PCs): predictions on the CPU take 3.7–18.4× native with TF.js and 2.1–36.4× with ORT; averages over both are 16.9× on CPUs and 4.9× on GPUs.',
  ablation:
    'Published (Wang et al., from their data, mean of 4 models): of ORT Wasm’s predictions threads take away 52 %, SIMD 56 %, both 67.5 %.',
  memory:
    'Published (Wang et al.): up to 334.6× the model’s size, for ESRGAN on TF.js Wasm. That is JavaScript heap held, over several models in one page; live tensors peaked at 11.8× there.',
  warmup: 'Published (Wang et al., from their data): the warm-up of WebGL takes 9–68× a prediction.',
} as const;
