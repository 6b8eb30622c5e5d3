import { bursts } from './bursts.js';
import type { Finder } from './finder.js';
import { frameworkMarks } from './frameworkMarks.js';
import { hookedCalls } from './hookedCalls.js';
import { measuredSeries } from './measuredSeries.js';
import { namedTiming } from './namedTiming.js';
import { ownMarks } from './ownMarks.js';

/** Ways to find inferences, surest first: the first that finds any is taken. */
export const finders: readonly Finder[] = [namedTiming, ownMarks, frameworkMarks, hookedCalls, measuredSeries, bursts];
