import { Commands } from '#libs/platform';
import { heldOf } from '../../../held.js';
import type { Place, PlaceCommand, PlaceEvent } from '../../domain/place.js';

export class PlaceCommands extends Commands<Place, PlaceCommand, PlaceEvent> {
  protected override held = heldOf;
}
