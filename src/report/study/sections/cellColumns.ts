import type { CellFacts } from '../../../../analyzers/study/studyAnalysis.js';
import type { StudyCell } from '../../../bundle/study.js';
import { html } from '../../html.js';
import type { Column } from '../../sections/dataTable.js';
import { name } from '../../sections/names.js';
import { cellConfiguration } from '../cellConfiguration.js';

/** The columns that begin every table: the model, marked where the outputs are not native's, and how it ran. */
export function cellColumns<R extends { readonly cell: StudyCell & Partial<CellFacts> }>(): Column<R>[] {
  return [
    {
      head: 'Model',
      cell: ({ cell }) =>
        html`${cell.outputs === 'differ' ? html`<strong class="bad" title="Outputs differ from native">! </strong>` : null}${name(cell.model, 40)}`,
    },
    {
      head: 'Ran on',
      cell: ({ cell }) => html`${cellConfiguration(cell)}${cell.softwareGpu ? ' (software)' : null}`,
    },
  ];
}
