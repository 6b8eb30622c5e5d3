import type { AblationSummary, ReductionId, StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { formatPlural, formatShare } from '../../../view/format.js';
import { configurationName } from '../configurationName.js';
import { listed } from './listed.js';

/** What threads and SIMD bring, framework by framework. */
export function ablationFindings({ ablation: { summaries } }: StudyAnalysis): string[] {
  const group = ({ framework, on, threads }: AblationSummary) => JSON.stringify([framework, on, threads]);
  return [...new Set(summaries.map(group))].flatMap((of) => {
    const own = summaries.filter((summary) => group(summary) === of);
    const { framework, on, threads } = own[0]!;
    const name = configurationName({ framework, backend: 'wasm' });
    const where = on === 'main' ? ' on the main thread' : '';
    const share = (id: ReductionId) => own.find((summary) => summary.id === id)?.share;
    const many = formatPlural(threads ?? 1, 'thread');
    const told = (
      [
        [many, threads !== 1, share('threads')],
        ['SIMD', false, share('simd')],
        ['both together', true, share('both')],
      ] as const
    ).flatMap(([what, plural, value]) => (value === undefined ? [] : [change(what, plural, value)]));
    const beside = share('threadsBesideSimd');
    const models = Math.max(...own.map((summary) => summary.models));
    const mean = models === 1 ? '1 model' : `geometric mean of ${models} models`;
    const plain =
      told.length > 0 ? [`On ${name}${where}, of a prediction with neither threads nor SIMD, ${listed(told)} (${mean}).`] : [];
    return beside === undefined
      ? plain
      : [...plain, `On ${name}${where}, of a prediction with SIMD and one thread, ${change(many, true, beside)} (${mean}).`];
  });
}

function change(what: string, plural: boolean, share: number): string {
  if (share < 0) return `${what} ${plural ? 'make' : 'makes'} it ${formatShare(-share)} longer`;
  return `${what} ${plural ? 'take' : 'takes'} ${formatShare(share)} away`;
}
