/** Fewer replicates say nothing of how processes differ. */
const ENOUGH = 3;

/** Whether there are so many replicates that an interval can be made over them, and not only over the rounds inside. */
export const enoughReplicates = (count: number): boolean => count >= ENOUGH;
