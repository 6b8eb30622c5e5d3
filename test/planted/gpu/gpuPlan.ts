/** What a planted run on the GPU is to do. It is served to the page in the model's place. */
export interface GpuPlan {
  readonly backend: 'webgpu' | 'webgl';
  /** Name of a plant in page/plants/index.ts. */
  readonly plant: string;
  /** Planted in every odd iteration, in the plant's own measure; zero for the twin. */
  readonly amount: number;
  readonly iterations: number;
}
