/**
 * Flows that are kept in the table `flows`, by name: from where a thread hands something over to where another takes it up. All others are
 * only counted. A new one is a line here.
 */
export const keptFlows: readonly string[] = ['GpuChannel::Flush'];
