import { Commands } from '#libs/platform';
import type { Mention, MentionCommand, MentionEvent } from '../../domain/mention.js';

export class MentionCommands extends Commands<Mention, MentionCommand, MentionEvent> {}
