import { isGpuCondition } from '../../src/bundle/qoeConditions.js';
import { type QoeLog, roundFolder } from '../../src/bundle/qoeLog.js';
import { unknown } from '../../src/fact.js';
import { formatName, plural } from '../../src/view/format.js';
import { fact, manifest } from '../input.js';
import { lack, type Note, question, warning } from '../question.js';
import { type Qoe, qoeOf } from './qoe.js';
import { type LostRound, qoeRounds } from './rounds.js';
import { view } from './view.js';

const NO_ROUNDS =
  'A page was used while inference ran, but no whole trace of it is in the bundle (folder qoe), so what its user got is unknown.';

/** More rounds that are left out are only counted. */
const NAMED_ROUNDS = 3;

const readRounds = fact('qoeRounds', (get) => get.input.qoe && qoeRounds(get.input.qoe, get(manifest).id));

/** What a user of a page gets while inference runs. */
const used = fact('qoe', (get) => {
  const { qoe } = get.input;
  if (!qoe) return null;
  const { rounds, lost } = get(readRounds);
  return qoeOf(qoe.log, rounds) ?? unknown('no-qoe-rounds', `${NO_ROUNDS}${lost.length > 0 ? ` ${lostText(lost)}` : ''}`);
});

export const qoe = question({
  facts: { qoe: used },
  notes: (get) => {
    const known = get.maybe(used);
    if (!known) return [];
    const ownBackend = get.maybe(manifest)?.workload.backend ?? '';
    return [...doubts(known), ...gpuDoubts(known, ownBackend), ...lacks(known, get.input.qoe!.log, get(readRounds).lost)];
  },
  view,
});

/** Fewer rounds have wide intervals. */
const ENOUGH_ROUNDS = 3;

function doubts({ isContended, conditions, responsiveness }: Qoe): Note[] {
  const few = conditions.filter(({ rounds }) => rounds < ENOUGH_ROUNDS);
  const lost = responsiveness.filter(({ interactions, operations }) => interactions < operations);
  return [
    ...(isContended
      ? [
          warning(
            'qoe-contended',
            'While the page was used, other programs kept it from having a core even without inference: what inference adds is not known.',
          ),
        ]
      : []),
    ...(few.length > 0
      ? [
          warning(
            'qoe-few-rounds',
            `The page was used in fewer than three rounds (${few.map(({ id, rounds }) => `${id}: ${rounds}`).join(', ')}): there are no intervals of these.`,
          ),
        ]
      : []),
    ...lost.map(({ id, interactions, operations }) =>
      warning('qoe-interactions-lost', `Of ${operations} operations (${id}) the trace shows ${interactions} interactions.`),
    ),
  ];
}

/** @param backend of the run, which the conditions use that are not named after theirs */
function gpuDoubts({ isSoftwareGpu, renderer, conditions }: Qoe, backend: string): Note[] {
  const onGpu = conditions.some(({ id }) => isGpuCondition(id)) || isGpuCondition(backend);
  return isSoftwareGpu && onGpu
    ? [
        warning(
          'qoe-software-gpu',
          `While the page was used, the processor stood in for a GPU (${formatName(renderer ?? '', 120)}): the model on it and the frames of the page were computed by the same threads, on the same cores. How smooth a page is beside WebGL or WebGPU, and how soon it answers, cannot be told here; it needs a GPU.`,
        ),
      ]
    : [];
}

function lacks(
  { conditions, contention }: Qoe,
  { rounds, roundsAsked, conditions: asked }: QoeLog,
  lost: readonly LostRound[],
): Note[] {
  const total = roundsAsked === null ? null : roundsAsked * asked.length;
  return [
    ...(total !== null && rounds.length < total
      ? [warning('qoe-stopped', `Using the page ended after ${rounds.length} of ${plural(total, 'round')}.`)]
      : []),
    ...(lost.length > 0
      ? [
          warning(
            'qoe-rounds-lost',
            `Of ${plural(rounds.length, 'round')} in which the page was used ${rounds.length - lost.length} can be read. ${lostText(lost)}`,
          ),
        ]
      : []),
    ...(contention === null
      ? [
          lack(
            'qoe-no-scheduling',
            'While the page was used scheduling was not recorded, so whether other programs disturbed it is unknown.',
          ),
        ]
      : []),
    ...(conditions.some(({ id }) => id === 'none')
      ? []
      : [lack('qoe-no-control', 'No round without inference can be read, so what inference adds is unknown.')]),
  ];
}

/** "Left out: 0-main (its trace is cut: the input ends), 1-worker (there is no trace of it)." */
function lostText(lost: readonly LostRound[]): string {
  const named = lost.slice(0, NAMED_ROUNDS).map(({ round, why }) => `${roundFolder(round)} (${why})`);
  const more = lost.length > NAMED_ROUNDS ? ` and ${lost.length - NAMED_ROUNDS} more` : '';
  return `Left out: ${named.join(', ')}${more}.`;
}
