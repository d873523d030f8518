import { Commands } from '#libs/platform';
import { heldOf } from '../../../held.js';
import type { Mention, MentionCommand, MentionEvent } from '../../domain/mention.js';

export class MentionCommands extends Commands<Mention, MentionCommand, MentionEvent> {
  protected override held = heldOf;
}
