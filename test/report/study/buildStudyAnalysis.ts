import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import { qoeOf } from '../../../analyzers/qoe/qoe.js';
import type { StudyAnalysis } from '../../../analyzers/study/index.js';
import { analyzeStudy } from '../../../analyzers/study/index.js';
import { buildAccuracyLog, fourPages } from '../../analyzers/accuracy/buildAccuracyLog.js';
import { log, threeRounds } from '../../analyzers/qoe/buildRounds.js';
import { buildCell, buildLook, buildRun, buildStudyInput, done, failed } from '../../analyzers/study/buildStudy.js';

/** Three models on four ways to run each, three rounds, one of them wrong; a combination that cannot run, one that failed. */
const qoe = qoeOf({ ...log, rounds: [] }, threeRounds())!;
const accuracy = accuracyOf(buildAccuracyLog(fourPages({ on: 'worker', speedPxPerS: 120, latencyMs: 50, durationMs: 1000 })))!;

export function buildStudyAnalysis(): StudyAnalysis {
  const ways = [
    { framework: 'ort', threads: 1 },
    { framework: 'ort', threads: 2 },
    { framework: 'tfjs', threads: 1, simd: false },
    { framework: 'tfjs', threads: 2, simd: true },
    { framework: 'tfjs', threads: 1, simd: true },
    { framework: 'tfjs', backend: 'webgl', threads: 1 },
  ] as const;
  const models = ['alpha', 'beta', 'gamma-with-a-name-that-is-rather-long-for-a-table'];
  const cells = models.flatMap((model) => ways.map((way) => buildCell({ model, ...way })));
  const bad = buildCell({ model: 'delta', framework: 'tfjs', simd: true });
  const runs = cells.flatMap((cell, place) =>
    [0, 1, 2].map((round) => {
      const ms = (30 + 17 * (place % 6) + 40 * Math.floor(place / 6)) * (1 + 0.04 * round * (place % 2 === 0 ? 1 : -1));
      const times = {
        browserMs: [ms, ms * 1.02, ms * 0.98],
        nativeMs: [10 + place, 10.5 + place],
        setupMs: 400 + 10 * round,
        warmupMs: ms * 4,
      };
      return buildRun(cell, round, times, place === 4 ? { outputs: { match: false, tolerance: 1e-3, outputs: [] } } : {});
    }),
  );
  const never = buildCell({ model: 'delta', framework: 'ort', backend: 'webgl', threads: 1 });
  return analyzeStudy(
    buildStudyInput([...cells, bad], runs, {
      close: cells.map((cell, i) =>
        buildLook(cell, { softwareGpu: cell.backend === 'webgl' ? true : null, ...(i === 0 && { qoe, accuracy }) }),
      ),
      study: {
        excluded: [{ cell: never, reason: 'ORT’s WebGL backend lacks HardSigmoid.' }],
        order: [0, 1, 2].flatMap((round) => [...cells, bad].map(({ id }) => ({ cell: id, round }))),
        runs: [...runs.map(({ cell, round }) => done(cell, round)), failed(bad.id, 0, 'The page ran out of memory.')],
      },
    }),
  );
}

/** A study of which every run failed. */
export function buildFailedStudyAnalysis(): StudyAnalysis {
  const cell = buildCell();
  const study = { order: [{ cell: cell.id, round: 0 }], runs: [failed(cell.id, 0, 'There is no browser.')] };
  return analyzeStudy(buildStudyInput([cell], [], { study }));
}
