import type { RatioSummary } from '../../../../analyzers/study/studyAnalysis.js';
import { formatInterval, formatRatio, MISSING } from '../../../view/format.js';
import type { Column } from '../../sections/dataTable.js';
import { name } from '../../sections/names.js';
import { configurationDetails } from '../configurationDetails.js';
import { configurationName } from '../configurationName.js';

/** What a ratio is over the models of each configuration. */
export const ratioColumns: readonly Column<RatioSummary>[] = [
  { head: 'Ran on', cell: ({ configuration }) => configurationName(configuration) },
  { head: 'With', cell: ({ configuration }) => configurationDetails(configuration) || MISSING },
  { head: 'Models', numeric: true, cell: ({ models }) => models },
  { head: 'Geometric mean', numeric: true, cell: ({ geometricMean }) => formatRatio(geometricMean) },
  {
    head: 'Range',
    numeric: true,
    cell: ({ models, lowest, highest, geometricMean }) =>
      models > 1 ? formatInterval([lowest.ratio, highest.ratio], geometricMean) : MISSING,
  },
  { head: 'Lowest', cell: ({ lowest }) => name(lowest.model, 40) },
  { head: 'Highest', cell: ({ highest }) => name(highest.model, 40) },
];
