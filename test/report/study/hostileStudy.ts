import type { StudyAnalysis } from '../../../analyzers/study/index.js';
import { payloads } from '../hostile.js';
import { buildStudyAnalysis } from './buildStudyAnalysis.js';

/** What the schema lets through only as one of a few words. */
const FIXED = new Set(['schema', 'framework', 'backend', 'on', 'outputs', 'level']);

/** A study in which every text that can come from outside is a payload, the same text the same payload; ids of reductions stay, the program's own. */
export function buildHostileStudyAnalysis(): StudyAnalysis {
  const given = new Map<string, string>();
  const hostile = (text: string) => {
    if (!given.has(text))
      given.set(
        text,
        given.size < payloads.length ? payloads[given.size]! : `${payloads[given.size % payloads.length]} ${given.size}`,
      );
    return given.get(text)!;
  };
  const poison = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return FIXED.has(key) ? value : hostile(value);
    if (Array.isArray(value)) return key === 'reductions' || key === 'summaries' ? value : value.map((each) => poison(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poison(each, name)]));
  };
  return poison(buildStudyAnalysis()) as StudyAnalysis;
}
