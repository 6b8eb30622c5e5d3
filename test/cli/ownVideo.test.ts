import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ModelFile } from '../../models/model.js';
import { ownVideo, parseDetects, videoRequest } from '../../src/cli/ownVideo.js';
import { temporaryFolder } from '../models/temporaryFolder.js';

const none = { video: undefined, labels: undefined, classes: undefined, detects: undefined };
const both = { ...none, video: 'my.webm', labels: 'my.json' };

describe('the options of a video', () => {
  test('are none, or say which class is which category and what the model finds', () => {
    expect(videoRequest(none, true)).toBeNull();
    expect(videoRequest(both, true)).toEqual({ video: 'my.webm', labels: 'my.json', classes: null, detects: null });
    const { classes, detects } = videoRequest({ ...both, classes: '0=3, 16=1', detects: 'class' }, true)!;
    expect(classes).toEqual([
      [0, 3],
      [16, 1],
    ]);
    expect(detects).toEqual({ what: 'class', pixels: 'imagenet' });
  });

  test.each([
    [{ ...none, labels: 'my.json' }, true, /--labels is for a video/],
    [{ ...none, detects: 'class' }, true, /--detects is for a video/],
    [both, false, /Add --qoe/],
    [{ ...both, labels: undefined }, true, /--video needs --labels/],
    [{ ...both, classes: '1' }, true, /class = category id.*not "1"/],
    [{ ...both, classes: '1=2,1=3' }, true, /class 1 twice/],
  ])('that do not fit together are wrong usage: %j', (given, qoe, message) => {
    expect(() => videoRequest(given, qoe)).toThrow(message);
  });
});

describe('what a model finds', () => {
  test('is said with what differs from the usual', () => {
    expect(parseDetects('boxes')).toEqual({ what: 'boxes', pixels: '0..255', corners: 'yxyx', scale: 'relative' });
    expect(parseDetects('boxes:pixels,xyxy,-1..1')).toEqual({ what: 'boxes', pixels: '-1..1', corners: 'xyxy', scale: 'pixels' });
    expect(parseDetects('class:0..1')).toEqual({ what: 'class', pixels: '0..1' });
    expect(parseDetects('text-lines')).toEqual({ what: 'text-lines', pixels: 'imagenet' });
  });

  test.each(['', 'box', 'boxes:xywh', 'boxes:xyxy,yxyx', 'class:xyxy', 'class:0..1,0..255', 'text-lines:pixels'])(
    '%j is wrong usage',
    (text) => {
      expect(() => parseDetects(text)).toThrow(/--detects/);
    },
  );
});

describe('a model, its video and the labels', () => {
  const spec = { name: 'x', type: 'float32', shape: [1, 3, 32, 32] } as const;
  const outputs = [{ name: 'detections', type: 'float32', shape: [1, 10, 6] } as const];
  const workload = (input: object = {}, more: Partial<ModelFile> = {}) => ({
    model: { name: 'mine', outputs, ...more } as ModelFile,
    inputs: [{ spec: { ...spec, ...input }, bytes: new Uint8Array() }],
  });
  const files = async (coco: object) => {
    const folder = await temporaryFolder();
    const [video, labels] = [join(folder, 'my.webm'), join(folder, 'my.json')];
    await writeFile(video, 'video');
    await writeFile(labels, JSON.stringify(coco));
    return { video, labels, classes: null };
  };
  const coco = {
    images: [{ id: 1, width: 64, height: 64 }],
    annotations: [{ image_id: 1, category_id: 1, bbox: [1, 1, 10, 10] }],
    categories: [{ id: 1, name: 'square' }],
  };
  const boxes = parseDetects('boxes');

  test('are read, with what the option says before what the registry does', async () => {
    const given = { ...(await files(coco)), detects: boxes };
    const { video, model } = await ownVideo(given, workload({}, { detects: { what: 'class', pixels: '0..1' } }));
    expect(video.path).toBe(given.video);
    expect(video.labels.frames).toHaveLength(1);
    expect(model.detects).toEqual(boxes);
  });

  test('must fit together', async () => {
    const given = await files(coco);
    const refused = (detects: typeof boxes | null, of = workload()) => expect(ownVideo({ ...given, detects }, of)).rejects;
    await refused(null).toThrow(/Of mine it is not known what it finds/);
    await refused(boxes, workload({ shape: [1, 32] })).toThrow(/mine takes no picture.*x: float32\[1, 32\]/);
    await refused(parseDetects('boxes:0..1'), workload({ type: 'uint8' })).toThrow(/whole numbers.*0\.\.255, not 0\.\.1/);
    await refused(parseDetects('class')).toThrow(/--detects class does not fit mine.*detections: float32\[1, 10, 6\]/);
    // A size that only the run tells is no mistake.
    const open = workload({}, { outputs: [{ ...outputs[0]!, shape: [1, 'n', 6] }] });
    await expect(ownVideo({ ...given, detects: boxes }, open)).resolves.toBeDefined();
    await refused(boxes, { ...workload(), inputs: [...workload().inputs, ...workload().inputs] }).toThrow(/takes no picture/);
  });

  test('must be there', async () => {
    const given = { ...(await files(coco)), detects: boxes };
    await expect(ownVideo({ ...given, video: 'gone.webm' }, workload())).rejects.toThrow(/gone\.webm does not exist/);
    await expect(ownVideo({ ...given, labels: 'gone.json' }, workload())).rejects.toThrow(/gone\.json does not exist/);
  });
});
