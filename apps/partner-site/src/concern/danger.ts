import type { Typed } from './typed.js';

/** Whoever raises it says that somebody is in danger now. */
export const isInDanger = (answers: Typed | undefined): boolean => answers?.immediate_risk === 'yes';
