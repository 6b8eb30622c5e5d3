/** Where bundles and reports land by default, below the folder that the command runs in. */
export const TRACES_FOLDER = 'traces';
