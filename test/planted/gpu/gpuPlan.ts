/** What a planted run on the GPU is to do. It is served to the page in the model's place. */
export interface GpuPlan {
  readonly backend: 'webgpu' | 'webgl';
  /** Name of a plant in page/plants/index.ts. */
  readonly plant: string;
  /** Planted in every odd iteration, or as `every` says, in the plant's own measure; zero for the twin. */
  readonly amount: number;
  /** Planted in every so many iterations, in place of odd ones: 1 for all. */
  readonly every?: number;
  readonly iterations: number;
}
