import { Records } from '#libs/journal';
import type { Mention, MentionCommand, MentionEvent } from '../domain/mention.js';

/** The stories of the names that extracts give organisations, as handlers need them. */
export class Mentions extends Records<Mention, MentionCommand, MentionEvent> {}
