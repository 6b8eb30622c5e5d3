import type { RunRecording } from '../recordRun.js';
import type { RunRecord } from '../runRecord.js';

/** Ends what was recorded of the page beside its profile, and keeps it. That it cannot be had is said in the record: the profile is worth keeping without it. */
export async function keepKernelTrace(recording: RunRecording, { manifest, writer }: RunRecord): Promise<void> {
  const urls = manifest.modules.map(({ url }) => url);
  const samples = await recording.stop(writer.kernelTracePath, urls).then(
    (kept) => kept.samples,
    (error: Error) => ({ outcome: 'failed', detail: error.message }) as const,
  );
  manifest.collectors['kernel-samples'] =
    samples.outcome === 'done'
      ? samples
      : { ...samples, detail: `The functions that ran in each operator could not be recorded: ${samples.detail}` };
}
