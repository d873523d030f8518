import { Commands } from '#libs/platform';
import type { Place, PlaceCommand, PlaceEvent } from '../../domain/place.js';

export class PlaceCommands extends Commands<Place, PlaceCommand, PlaceEvent> {}
