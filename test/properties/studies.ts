import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { analyzeStudy } from '../../analyzers/study/index.js';
import { studyTables } from '../../analyzers/study/views.js';
import { freshStudy } from '../../collectors/study/freshStudy.js';
import { readStudyFile } from '../../collectors/study/readStudyFile.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { writeWhole } from '../../src/bundle/replaceFile.js';
import { studyFiles } from '../../src/bundle/study.js';
import { loadStudy } from '../../src/loadStudy.js';
import { dataOf } from '../../src/report/data.js';
import { renderStudyReport } from '../../src/report/study/renderStudyReport.js';
import { renderStudyTerminal } from '../../src/report/study/renderStudyTerminal.js';
import { inertJson } from '../../src/text/inertJson.js';
import { writeTables } from '../../src/writeTables.js';
import { buildCell, buildStudyInput, done } from '../analyzers/study/buildStudy.js';
import { bundleDocuments } from './bundleDocuments.js';
import { writeBundle } from './bundles.js';
import { byteEdits, edited, editedBytes, edits, hostileText } from './hostile.js';
import { inTime, orRefused, type Property } from './property.js';
import { inScratchFolder, trap } from './scratchFolder.js';

const plan = {
  name: 'mine',
  description: 'Some runs',
  seed: 1,
  rounds: 2,
  iterations: 5,
  passes: ['timing', 'trace'],
  limit: '90s',
  runs: [{ models: ['resnet50'], frameworks: ['ort'], backends: ['wasm'], threads: [1, 'all'], simd: ['on'], on: ['worker'] }],
  shapes: { './mine.onnx': { x: [1, 3] } },
};

/** YAML that holds itself, repeats itself, or nests without end. */
const knots = fc
  .record({
    depth: fc.integer({ min: 1, max: 3000 }),
    open: fc.constantFrom('[', '- ', '{a: ', '? ', '&a [*a, ', '*a', '!!x ', '"'),
    more: hostileText,
  })
  .map(({ depth, open, more }) => `name: a\nruns: ${open.repeat(depth)}${more}`);

const yaml = fc.oneof(
  edits.map((changes) => stringify(edited(plan, changes))),
  byteEdits.map((changes) => Buffer.from(editedBytes(new TextEncoder().encode(stringify(plan)), changes)).toString('latin1')),
  knots,
);

/** A study file that was changed, or is a knot. */
export const studyPlans: Property = {
  name: 'study files',
  runs: 80,
  property: fc.asyncProperty(yaml, (text) =>
    inTime(() =>
      inScratchFolder(async (folder) => {
        const path = join(folder, 'study.yaml');
        await writeFile(path, text);
        const file = await orRefused(() => readStudyFile(path));
        if (!file) return;
        const models = new Map(
          file.plan.runs.flatMap((block) => block.models.map((name) => [name, { name, formats: ['onnx'] as const }] as const)),
        );
        const study = await orRefused(() => freshStudy(file, models, '0'));
        for (const { id } of study?.cells ?? []) {
          if (!/^[\w-]+(\.[\w-]+)*$/.test(id)) throw new Error(`not the name of a folder: ${id}`);
        }
      }),
    ),
  ) as unknown as Property['property'],
};

const cell = buildCell({ model: 'model', threads: 2 });
const { study } = buildStudyInput([cell], [], { study: { order: [{ cell: cell.id, round: 0 }], runs: [done(cell.id, 0)] } });

const begun = fc.record({ ofStudy: edits, ofRun: fc.option(edits), trapped: fc.constantFrom('report.html', 'tables') });

/** The folder of a study whose study.json and bundle were changed. */
export const studies: Property = {
  name: 'studies',
  runs: 40,
  property: fc.asyncProperty(begun, ({ ofStudy, ofRun, trapped }) =>
    inTime(() =>
      inScratchFolder(async (folder) => {
        const documents = { ...bundleDocuments(false) };
        if (ofRun) documents['run.json'] = edited(documents['run.json'], ofRun);
        await mkdir(join(folder, studyFiles.runs, cell.id), { recursive: true });
        await writeBundle(join(folder, studyFiles.runs, cell.id, '0'), documents);
        await writeFile(join(folder, studyFiles.study), JSON.stringify(edited(study, ofStudy)) ?? '');
        await trap(folder, trapped);
        const input = await orRefused(() => loadStudy(folder));
        if (!input) return;
        const analysis = analyzeStudy(input);
        JSON.parse(inertJson(analysis));
        renderStudyTerminal(analysis, { width: 80, color: false });
        await writeWhole(join(folder, studyFiles.report), renderStudyReport(analysis, ''));
        await orRefused(async () => {
          await refuseLinks(folder, studyFiles.tables);
          await writeTables(join(folder, studyFiles.tables), studyTables(analysis).map(dataOf), ['csv', 'arrow']);
        });
        await readFile(join(folder, studyFiles.report));
      }),
    ),
  ) as unknown as Property['property'],
};
