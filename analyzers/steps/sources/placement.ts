import { formatCount, formatMs, formatName, formatPlural } from '../../../src/view/format.js';
import { type Fallbacks, isOnPurpose } from '../../placement/fallbacks.js';
import { runCommand } from '../command.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, notMeasured } from '../step.js';

const NAMED = 4;

/** Operators that the backend has no kernel for: the data goes back and forth for them. */
export function placementSteps({ fallbacks, gap, run }: Seen): Candidate[] {
  if (!fallbacks || fallbacks.lacking === 0) return [];
  const { backend, cost, lacking } = fallbacks;
  const titles = fallbacks.types.filter(({ isOnBackend, why }) => !isOnBackend && !isOnPurpose(why));
  const named = titles.slice(0, NAMED).map(({ operator, count }) => `${formatName(operator)}${count > 1 ? ` ${count}×` : ''}`);
  const wasm = gap?.beside.find(({ id }) => id === 'wasm');
  return [
    candidate({
      id: 'gpu.fallback',
      title: `Replace ${lacking === 1 ? 'the operator' : `the ${formatPlural(lacking, 'operator')}`} that ${formatName(backend)} has no kernel for, or give it one: ${named.join(', ')}${titles.length > NAMED ? ', …' : ''}`,
      saves: cost ? atMost('prediction', cost.savesMs) : notMeasured(),
      basis: basisOf(fallbacks),
      who: 'framework',
      evidence: [
        `Of ${formatCount(fallbacks.onBackend + fallbacks.elsewhere)} operators: ${nodesText(fallbacks)}.`,
        ...(cost?.waitMs
          ? [`At most ${formatMs(cost.waitMs)} of the copies wait for what the device has to compute anyway.`]
          : []),
        ...(wasm ? [`With everything on Wasm: ${wasm.advice}`] : []),
      ],
      command: run ? runCommand(run) : null,
    }),
  ];
}

function basisOf({ cost, costLack }: Fallbacks): string {
  if (!cost) return `What they and the way there and back cost is ${costLack ?? 'not measured'}.`;
  const whole = cost.predictionMs === null ? '' : ` of a profiled prediction of ${formatMs(cost.predictionMs)}`;
  return `They take ${formatMs(cost.ms)}${whole}: ${formatMs(cost.ownMs)} themselves, ${formatMs(cost.copiesMs)} the way there and back. In a graph without them, or with kernels for them, no more than all of that goes.`;
}

/** The operators by name where they are known, else by type. */
function nodesText({ nodes, types }: Fallbacks): string {
  const listed = nodes.filter(({ why }) => !isOnPurpose(why));
  const texts =
    listed.length > 0
      ? listed.map(
          ({ name, operator, provider }) =>
            `${formatName(name || operator)} (${formatName(operator)}) on ${formatName(provider)}`,
        )
      : types
          .filter(({ isOnBackend }) => !isOnBackend)
          .map(({ operator, provider, count }) => `${formatName(operator)} ${formatCount(count)}× on ${formatName(provider)}`);
  return `${texts.slice(0, NAMED).join(', ')}${texts.length > NAMED ? ', …' : ''}`;
}
