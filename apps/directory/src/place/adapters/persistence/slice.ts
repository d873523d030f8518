import type { ReadTable, Slice } from '#libs/journal';
import { place, type Place, type PlaceCommand, type PlaceEvent } from '../../domain/place.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The place as a kind of record: its rules, what is published of it, its read table. */
export const placeSlice: Slice<Place, PlaceCommand, PlaceEvent> = { decider: place, publish, project, begins: 'PlaceRegistered' };

/** The read table that `project` writes. */
export const placeTable: ReadTable = { name: 'place', record: 'id' };
