import { Commands } from '#libs/platform';
import { heldOf } from '../../application/held.js';
import type { Concern, ConcernCommand, ConcernEvent } from '../../domain/concern.js';

export class ConcernCommands extends Commands<Concern, ConcernCommand, ConcernEvent> {
  protected override held = heldOf;
  protected override readonly mostTogether = 64;
}
