import { NamedReading } from '../../named-reading.js';
import type { Place, PlaceCommand, PlaceEvent } from '../domain/place.js';

/** Reading places. */
export class PlaceReading extends NamedReading<Place, PlaceCommand, PlaceEvent> {}
