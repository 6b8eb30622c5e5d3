/**
 * What a notebook imports as `inferscope/notebook`: the tables of a recording, its analysis, functions over both, and the charts of the
 * report. It runs in a page and loads nothing. Times are µs (`…Us`) on the trace clock or ms (`…Ms`, `ms`), shares are fractions of 1.
 */

export { functionsChart, instructionLegend } from '../../analyzers/functions/functionsChart.js';
export { effectsChart } from '../../analyzers/gap/effectsChart.js';
export type { Analysis } from '../../analyzers/index.js';
export { phasesChart } from '../../analyzers/latency/phasesChart.js';
export { quotedPrediction } from '../../analyzers/latency/quotedPrediction.js';
export { samplesChart } from '../../analyzers/latency/samplesChart.js';
export { memoryChart, memoryLegend } from '../../analyzers/memory/memoryChart.js';
export { rooflineChart, rooflineLegend } from '../../analyzers/operators/rooflineChart.js';
export { type CauseId, causeIds, causes } from '../../analyzers/partition/causes/index.js';
export type { CauseTime } from '../../analyzers/partition/partition.js';
export { partitionChart } from '../../analyzers/partition/partitionChart.js';
export type { Timeline } from '../../analyzers/partition/timeline.js';
export { timelineChart } from '../../analyzers/partition/timelineChart.js';
export type { StudyAnalysis } from '../../analyzers/study/index.js';
export type { Chart } from '../view/chart.js';
export * from '../view/format.js';
export { analysis, isStudy, runOrStudy, study, whyUnknown } from './analysis.js';
export type { Attachment } from './attachment.js';
export * from './beside.js';
export { type CallNode, callTree, treeRows } from './callTree.js';
export { columnsOf } from './columns.js';
export { causeLegend, type DrawOptions, draw } from './draw.js';
export { operatorsBesideNative } from './operators.js';
export { samplesIn } from './samplesIn.js';
export { slicesIn } from './slicesIn.js';
export { studyFigures, studyTable } from './study.js';
export { schema, type TableName, type Tables, tables } from './tables.js';
export { timelineIn, workersIn } from './threadsIn.js';
export {
  byCause,
  type CauseBeyond,
  causesBeyond,
  causesRow,
  predictions,
  type TimedWindow,
  typical,
  windows,
} from './windows.js';
