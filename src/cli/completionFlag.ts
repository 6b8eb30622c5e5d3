/** With it a shell asks what may come next; yargs writes it into the script that it prints. */
export const COMPLETION_FLAG = '--get-yargs-completions';
