import type { CommandModule } from 'yargs';
import { analyzeCommand } from './analyze.js';
import { collectCommand } from './collect.js';
import { doctorCommand } from './doctor.js';
import { modelsCommand } from './models.js';

/** The commands, in the order of the help text. */
export const commands = [collectCommand, analyzeCommand, modelsCommand, doctorCommand] as CommandModule[];
