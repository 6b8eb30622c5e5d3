import { CollectError } from '../../collectors/collectError.js';
import type { CollectOptions } from '../../collectors/collectOptions.js';
import { categoriesOfClasses, type OwnVideo, taskFrames } from '../../collectors/qoe/ownVideo.js';
import { openFile, readWhole } from '../bundle/openFile.js';
import { LabelsError, readCocoLabels } from '../detection/cocoLabels.js';
import { CORNERS, type Detects, PIXEL_RANGES, SCALES } from '../detection/detects.js';
import { requireFit } from '../detection/findings.js';
import { pictureInputOf } from '../detection/pictureInput.js';
import { UsageError } from './explain.js';
import type { workloadOf } from './workloadOf.js';

/** The options of a video of the user; undefined: not given. */
export interface VideoArguments {
  video: string | undefined;
  labels: string | undefined;
  classes: string | undefined;
  detects: string | undefined;
}

/** What they mean, as far as the command line says. */
export interface VideoRequest {
  readonly video: string;
  readonly labels: string;
  readonly classes: readonly (readonly [classIndex: number, category: number])[] | null;
  readonly detects: Detects | null;
}

/**
 * @returns null if no video was given
 * @throws UsageError if the given options do not fit together
 */
export function videoRequest({ video, labels, classes, detects }: VideoArguments, qoe: boolean): VideoRequest | null {
  if (video === undefined) {
    const given = { labels, classes, detects };
    const stray = (['labels', 'classes', 'detects'] as const).find((name) => given[name] !== undefined);
    if (stray) throw new UsageError(`--${stray} is for a video that the model looks at: give it with --video.`);
    return null;
  }
  if (!qoe) throw new UsageError('--video is played while inference runs, which --qoe does. Add --qoe.');
  if (labels === undefined) throw new UsageError('--video needs --labels, a COCO file that says what its frames show.');
  return {
    video,
    labels,
    classes: classes === undefined ? null : parseClasses(classes),
    detects: detects === undefined ? null : parseDetects(detects),
  };
}

function parseClasses(text: string): VideoRequest['classes'] {
  const pairs = text.split(',').map((pair) => {
    const [, classIndex, category] = /^(\d{1,9})=(\d{1,15})$/.exec(pair.trim()) ?? [];
    if (!category) throw new UsageError(`--classes is the model’s class = category id, like 0=1,2=3; not "${pair}".`);
    return [Number(classIndex), Number(category)] as const;
  });
  const twice = pairs.find(([classIndex], i) => pairs.findIndex(([other]) => other === classIndex) < i);
  if (twice) throw new UsageError(`--classes names class ${twice[0]} twice.`);
  return pairs;
}

/** As TensorFlow’s detectors have boxes, and as classifiers are trained. */
const DEFAULTS = {
  'text-lines': { pixels: 'imagenet' },
  boxes: { pixels: '0..255', corners: 'yxyx', scale: 'relative' },
  class: { pixels: 'imagenet' },
} as const;

/** `text-lines`, `boxes:xyxy,pixels,0..1` or `class:-1..1`. @throws UsageError */
export function parseDetects(text: string): Detects {
  const [, what = '', format = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (what !== 'text-lines' && what !== 'boxes' && what !== 'class') {
    throw new UsageError(`--detects is text-lines, boxes or class, and how: boxes:xyxy,pixels,0..1; not "${text}".`);
  }
  const words = format.split(',').filter((word) => word !== '');
  const take = <T extends string>(choices: readonly T[]): T | undefined => choices.find((choice) => words.includes(choice));
  const pixels = take(PIXEL_RANGES);
  const corners = what === 'boxes' ? take(CORNERS) : undefined;
  const scale = what === 'boxes' ? take(SCALES) : undefined;
  const taken: readonly (string | undefined)[] = [pixels, corners, scale];
  const strange = words.find((word) => !taken.includes(word));
  if (strange !== undefined) {
    const known = [...(what === 'boxes' ? [...CORNERS, ...SCALES] : []), ...PIXEL_RANGES].join(', ');
    throw new UsageError(`--detects ${what}: "${strange}" is unknown, or given besides another of its kind. There are ${known}.`);
  }
  if (what !== 'boxes') return { what, pixels: pixels ?? DEFAULTS[what].pixels };
  const { boxes } = DEFAULTS;
  return { what, pixels: pixels ?? boxes.pixels, corners: corners ?? boxes.corners, scale: scale ?? boxes.scale };
}

type Workload = Pick<Awaited<ReturnType<typeof workloadOf>>, 'model' | 'inputs'>;

/**
 * Reads the labels, and checks that the model, its classes and they fit together.
 * @throws UsageError, LabelsError, or CollectError if there is no such video
 */
export async function ownVideo(
  { video: path, labels: labelsPath, classes, detects: asked }: VideoRequest,
  { model, inputs }: Workload,
): Promise<{ readonly video: OwnVideo; readonly model: CollectOptions['model'] }> {
  const detects = asked ?? model.detects;
  if (!detects) {
    throw new UsageError(
      `Of ${model.name} it is not known what it finds in a picture. Say so with --detects: text-lines, boxes or class.`,
    );
  }
  const [input, ...others] = inputs;
  const picture = input && others.length === 0 ? pictureInputOf(input.spec) : null;
  if (!picture) {
    const list = inputs.map(({ spec: { name, type, shape } }) => `${name}: ${type}[${shape.join(', ')}]`).join('; ');
    throw new UsageError(
      `${model.name} takes no picture. That is one input [1, 3, height, width] or [1, height, width, 3] of float32, uint8 or int32; it has ${list}.`,
    );
  }
  if (picture.type !== 'float32' && detects.pixels !== '0..255') {
    throw new UsageError(`${model.name} takes whole numbers (${picture.type}), so its pixels are 0..255, not ${detects.pixels}.`);
  }
  checkOutputs(model, detects);
  const content = await readWhole(labelsPath).catch((error: NodeJS.ErrnoException) => {
    refuseMissing('--labels', labelsPath, error);
    throw new LabelsError(`${labelsPath} cannot be read: ${error.message}`);
  });
  const labels = readCocoLabels(content.toString('utf8'), labelsPath);
  const video = { path, labels, categoryOf: categoriesOfClasses(classes, labels, detects) };
  taskFrames(video, detects);
  const file = await openFile(path).catch((error: NodeJS.ErrnoException) => {
    refuseMissing('--video', path, error);
    throw new CollectError(`${path} cannot be read: ${error.message}`);
  });
  await file.close();
  return { video, model: { ...model, detects } };
}

/** @throws UsageError where the error says that there is no such file */
function refuseMissing(option: string, path: string, { code }: NodeJS.ErrnoException): void {
  if (code === 'ENOENT') throw new UsageError(`${option} ${path} does not exist.`);
}

/** Those whose sizes the file says. Others are checked when the model runs. @throws UsageError */
function checkOutputs({ name, outputs }: Workload['model'], detects: Detects): void {
  const known = outputs.flatMap((output) => {
    const sizes = output.shape?.map((size) => (typeof size === 'number' ? size : null));
    return sizes?.every((size) => size !== null) ? [{ ...output, shape: sizes }] : [];
  });
  if (known.length < outputs.length) return;
  try {
    requireFit(known, detects);
  } catch (error) {
    throw new UsageError(`--detects ${detects.what} does not fit ${name}. ${(error as Error).message}`);
  }
}
