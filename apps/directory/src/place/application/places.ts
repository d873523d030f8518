import { Records } from '#libs/journal';
import type { Place, PlaceCommand, PlaceEvent } from '../domain/place.js';

/** The places' stories, as handlers need them. */
export class Places extends Records<Place, PlaceCommand, PlaceEvent> {}
