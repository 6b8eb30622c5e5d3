import { lazyCommand } from '../lazyCommand.js';

/** The commands, in the order of the help text. */
export const commands = [
  lazyCommand(
    'collect [url]',
    'Run a model in a browser and natively, or watch a page, and record a bundle',
    async () => (await import('./collect.js')).collectCommand,
  ),
  lazyCommand(
    'analyze [inputs..]',
    'Say where the time of a run bundle, or of any Chrome trace, went',
    async () => (await import('./analyze.js')).analyzeCommand,
  ),
  lazyCommand(
    'study <file>',
    'Run many combinations of models, frameworks and options, in rounds; goes on where it was interrupted',
    async () => (await import('./study.js')).studyCommand,
  ),
  lazyCommand(
    'compare <a> <b>',
    'Record two things in turn, say which is slower and by which causes, and fail if a limit is exceeded',
    async () => (await import('./compare.js')).compareCommand,
  ),
  lazyCommand(
    'bisect',
    'Find the first version of a framework that is slower, and which causes and operators grew; goes on where it was interrupted',
    async () => (await import('./bisect.js')).bisectCommand,
  ),
  lazyCommand(
    'notebook [inputs..]',
    'Look into recordings by a notebook of your own, in the browser or as one file',
    async () => (await import('./notebook.js')).notebookCommand,
  ),
  lazyCommand(
    'mcp [folder]',
    'Answer the questions of an agent about recordings: a server of the Model Context Protocol, on stdin and stdout',
    async () => (await import('./mcp.js')).mcpCommand,
  ),
  lazyCommand(
    'pack [bundle]',
    'Make one file of a run bundle, to share it; with --redact without its names',
    async () => (await import('./pack.js')).packCommand,
  ),
  lazyCommand(
    'perfetto [input]',
    'Open the trace of a recording in Perfetto, at its typical window',
    async () => (await import('./perfetto.js')).perfettoCommand,
  ),
  lazyCommand(
    'page',
    'Write a page that analyzes what is dropped on it, for whoever has no Node',
    async () => (await import('./page.js')).pageCommand,
  ),
  lazyCommand(
    'models [names..]',
    'List the models that can be run by name, and what runs each',
    async () => (await import('./models.js')).modelsCommand,
  ),
  lazyCommand(
    'schema [name]',
    'Print the JSON Schema of what analyze --json prints, or of a bundle',
    async () => (await import('./schema.js')).schemaCommand,
  ),
  lazyCommand(
    'doctor',
    'Say what this machine can and cannot measure, and how to fix it',
    async () => (await import('./doctor.js')).doctorCommand,
  ),
];
