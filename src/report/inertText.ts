export { inertText, NAME_LIMIT } from '../text/inertText.js';
