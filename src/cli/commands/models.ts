import { models } from '../../../models/index.js';
import type { ModelFormat } from '../../../models/model.js';
import type { Command } from '../lazyCommand.js';

const FORMATS: Readonly<Record<ModelFormat, string>> = { onnx: 'ONNX', tfjs: 'TF.js' };

export const modelsCommand: Command<{ json: boolean }> = {
  builder: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  handler({ json }) {
    const list = models.map(({ name, title, task, parameters, defaultShapes, formats, licence, origin }) => ({
      name,
      title,
      task,
      parameters,
      inputs: defaultShapes,
      formats,
      licence,
      origin,
    }));
    if (json) {
      process.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
      return;
    }
    const width = Math.max(...list.map(({ name }) => name.length));
    for (const { name, title, task, parameters, inputs, formats, licence, origin } of list) {
      const forms = formats.map((format) => FORMATS[format]).join(' and ');
      const shapes = Object.entries(inputs).map(([input, shape]) => `${input}=${shape.join('x')}`);
      const count = parameters === null ? '' : `, ${parameters.toLocaleString('en-US')} parameters`;
      process.stdout.write(`${name.padEnd(width)}  ${title}: ${task}${count}\n`);
      process.stdout.write(`${' '.repeat(width)}  inputs ${shapes.join(', ')} · ${forms} · ${licence} · ${origin}\n`);
    }
  },
};
