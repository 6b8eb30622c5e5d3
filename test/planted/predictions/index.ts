import { modelCases } from './models.js';
import { pageCases } from './pages.js';
import type { PredictionCase } from './prediction.js';
import { runCases } from './runs.js';
import { warmUpCases } from './warmUps.js';

export { judged, type Outcome, type PredictionCase, tryCase } from './prediction.js';

/** Every kind of prediction that the tool makes before it measures, and a change that shows whether it holds. */
export const predictions: readonly PredictionCase[] = [...runCases, ...pageCases, ...modelCases, ...warmUpCases];
