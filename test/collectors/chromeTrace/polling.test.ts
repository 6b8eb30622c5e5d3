import { expect, test } from 'vitest';
import { pollingEvent } from '../../../collectors/chromeTrace/polling.js';

test.each([
  ['a short question', 'QueryVk::getResult', 2, null, true],
  ['a short task that asks', 'ThreadControllerImpl::RunTask', 20, 'ScheduleDelayedWork', true],
  ['a task that does something besides', 'ThreadControllerImpl::RunTask', 100, 'ScheduleDelayedWork', false],
  ['a short task of another kind', 'ThreadControllerImpl::RunTask', 2, 'TryScheduleSequence', false],
  ['a task that names no function', 'ThreadControllerImpl::RunTask', 2, null, false],
  ['work', 'CommandBufferService:PutChanged', 2, null, false],
  ['a question without a duration', 'QueryVk::getResult', Number.NaN, null, false],
])('tells polling from work: %s', (_, name, durationUs, postedFrom, is) => {
  expect(pollingEvent({ name, durationUs, postedFrom })).toBe(is);
});
